// Prints who said what in articles: the speakers' Latin names, what they did by saying it, and the words of the quote.
//
//	go run ./examples/whosaid [-address host:port] FILE...
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

func main() {
	log.SetFlags(0)
	address := flag.String("address", "127.0.0.1:50051", "where an isnad server is")
	flag.Parse()

	client, err := isnad.Connect(*address)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	for _, path := range flag.Args() {
		if err := tell(client, path); err != nil {
			log.Fatalf("%s: %v", path, err)
		}
	}
}

// tell prints a line for each quote of the article.
func tell(client *isnad.Client, path string) error {
	article, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := string(article)
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
			speakers = []string{"somebody"} // whom the article does not name
		}
		words, err := isnad.Cut(text, quote.Span)
		if err != nil {
			return err
		}
		fmt.Printf("%s\t%s\t%s\n", strings.Join(speakers, ", "), stance(quote.Stance), strings.Join(strings.Fields(words), " "))
	}
	return nil
}

// stance gives STANCE_CALLS_FOR as "calls for"; "in words" where no saying word stands.
func stance(value isnadv1.Stance) string {
	if value == isnadv1.Stance_STANCE_UNSPECIFIED {
		return "in words"
	}
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(value.String(), "STANCE_"), "_", " "))
}
