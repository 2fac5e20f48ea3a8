// Runs the cases of the conformance suite through the Go client: go run ./conformance CASES SERVERS.
//
// clients/conformance/README.md is the format of cases, servers, and of what is printed.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

// A line is what is printed for a case.
type line struct {
	Case string `json:"case"`
	OK   bool   `json:"ok"`
	Why  string `json:"why,omitempty"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: conformance CASES SERVERS")
	}
	cases, err := readCases(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var servers map[string]server
	if err := readJSON(os.Args[2], &servers); err != nil {
		log.Fatal(err)
	}
	printed := json.NewEncoder(os.Stdout)
	for _, c := range cases {
		told := line{Case: c.Name, OK: true}
		if err := c.run(servers[c.serverName()]); err != nil {
			told.OK, told.Why = false, err.Error()
		}
		if err := printed.Encode(told); err != nil {
			log.Fatal(err)
		}
	}
}

// A testCase is one call and what must come of it.
type testCase struct {
	Name     string            `json:"name"`
	Server   string            `json:"server"`
	Call     string            `json:"call"`
	Request  json.RawMessage   `json:"request"`
	Requests []json.RawMessage `json:"requests"`
	Then     string            `json:"then"`
	Options  struct {
		Token         string `json:"token"`
		Trust         string `json:"trust"`
		Identity      bool   `json:"identity"`
		Gzip          bool   `json:"gzip"`
		TimeoutMs     int    `json:"timeoutMs"`
		RequestID     string `json:"requestId"`
		CancelAfterMs int    `json:"cancelAfterMs"`
	} `json:"options"`
	Expect struct {
		Answer  any      `json:"answer"`
		Words   []string `json:"words"`
		Answers []struct {
			Response any            `json:"response"`
			Error    *expectedError `json:"error"`
		} `json:"answers"`
		Error *expectedError `json:"error"`
	} `json:"expect"`
}

// A server is where one of the suite's servers is.
type server struct {
	Address string `json:"address"`
	PID     int    `json:"pid"`
	TLS     *struct {
		CA   string `json:"ca"`
		Cert string `json:"cert"`
		Key  string `json:"key"`
	} `json:"tls"`
}

func (c *testCase) serverName() string {
	if c.Server == "" {
		return "plain"
	}
	return c.Server
}

// readCases reads the cases of all files, with their repetitions written out.
func readCases(folder string) ([]*testCase, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var cases []*testCase
	for _, file := range files {
		var compact any
		if err := readJSON(file, &compact); err != nil {
			return nil, err
		}
		full, err := json.Marshal(writtenOut(compact))
		if err != nil {
			return nil, err
		}
		var read struct {
			Cases []*testCase `json:"cases"`
		}
		if err := json.Unmarshal(full, &read); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		cases = append(cases, read.Cases...)
	}
	return cases, nil
}

func readJSON(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// writtenOut gives value with {"repeat": ..., "times": n} replaced by what it stands for.
func writtenOut(value any) any {
	switch value := value.(type) {
	case []any:
		for i, entry := range value {
			value[i] = writtenOut(entry)
		}
	case map[string]any:
		if times, ok := value["times"].(float64); ok && len(value) == 2 && value["repeat"] != nil {
			return repeated(writtenOut(value["repeat"]), int(times))
		}
		for key, entry := range value {
			value[key] = writtenOut(entry)
		}
	}
	return value
}
