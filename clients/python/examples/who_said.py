"""Prints who said what in an article: `python examples/who_said.py ARTICLE [ADDRESS]`."""

import sys
from pathlib import Path

import isnad
from isnad import pb


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    address = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:50051"
    with isnad.connect(address) as client:
        answer = client.extract(text, [pb.LAYER_QUOTES])
    names = {entity.id: entity.latin_name or entity.name for entity in answer.entities}
    for quote in answer.quotes:
        # A speaker without a name is told in the article's own words.
        speakers = [names[speaker] for speaker in quote.speaker_entity_ids] or [isnad.cut(text, quote.speaker) or "somebody"]
        stance = pb.Stance.Name(quote.stance).removeprefix("STANCE_").lower().replace("_", " ")
        print(f"{', '.join(speakers)} {stance}: {isnad.cut(text, quote.span)}")


if __name__ == "__main__":
    main()
