// Prints who said what in an article: go run ./examples/whosaid ARTICLE [ADDRESS].
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

func main() {
	log.SetFlags(0)
	article, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	address := "127.0.0.1:50051"
	if len(os.Args) > 2 {
		address = os.Args[2]
	}
	client, err := isnad.Connect(address)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	if err := tell(client, string(article)); err != nil {
		log.Fatal(err)
	}
}

// tell prints a line for each quote of the article.
func tell(client *isnad.Client, text string) error {
	answer, err := client.Extract(context.Background(), isnad.Request(text, isnadv1.Layer_LAYER_QUOTES))
	if err != nil {
		return err
	}
	names := make(map[string]string)
	for _, entity := range answer.Entities {
		names[entity.Id] = entity.LatinName
	}
	for _, quote := range answer.Quotes {
		var speakers []string
		for _, id := range quote.SpeakerEntityIds {
			speakers = append(speakers, names[id])
		}
		if speakers == nil {
			// A speaker without a name is told in the article's own words.
			speaker, err := isnad.Cut(text, quote.Speaker)
			if err != nil {
				return err
			}
			if speaker == "" {
				speaker = "somebody"
			}
			speakers = append(speakers, speaker)
		}
		words, err := isnad.Cut(text, quote.Span)
		if err != nil {
			return err
		}
		fmt.Printf("%s %s: %s\n", strings.Join(speakers, ", "), stance(quote.Stance), words)
	}
	return nil
}

// stance gives STANCE_CALLS_FOR as "calls for".
func stance(value isnadv1.Stance) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(value.String(), "STANCE_"), "_", " "))
}
