package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"time"

	"github.com/BurntSushi/toml"
)

// settings are those of isnad.toml by which memory and time are reckoned. The server itself reads the whole file, in deploy/container/check.
type settings struct {
	MaxTextBytes     int64  `toml:"max-text-bytes"`
	MaxCalls         int64  `toml:"max-calls"`
	MaxStreams       int64  `toml:"max-streams"`
	MaxStreamAhead   int64  `toml:"max-stream-ahead"`
	MaxConnectionAge string `toml:"max-connection-age"`
	DrainDelay       string `toml:"drain-delay"`
	DrainTimeout     string `toml:"drain-timeout"`
	MetricsAddress   string `toml:"metrics-address"`
}

func readSettings(path string) (settings, error) {
	var set settings
	meta, err := toml.DecodeFile(path, &set)
	if err != nil {
		return set, err
	}
	for _, key := range []string{"max-text-bytes", "max-calls", "max-streams", "max-stream-ahead", "drain-delay", "drain-timeout"} {
		if !meta.IsDefined(key) {
			return set, fmt.Errorf("%s: %s is not said; a cluster's limits should not follow a default", path, key)
		}
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return set, fmt.Errorf("%s: %v is not known here", path, unknown)
	}
	return set, nil
}

// memory is the most that a server with these settings can take on so many cores, in bytes: the formula of docs/operations.md.
func (s settings) memory(cores float64) int64 {
	const mib = 1 << 20
	message := max(4*s.MaxTextBytes, 4*mib)
	whole := int64(cores + 0.999)
	return 100*mib + (20*mib+100*s.MaxTextBytes)*whole + (s.MaxCalls+s.MaxStreams*s.MaxStreamAhead)*(message+24*s.MaxTextBytes)
}

// grace is how long a server may take to stop: docs/operations.md again.
func (s settings) grace() (time.Duration, error) {
	delay, err := time.ParseDuration(s.DrainDelay)
	if err != nil {
		return 0, fmt.Errorf("drain-delay: %w", err)
	}
	timeout, err := time.ParseDuration(s.DrainTimeout)
	if err != nil {
		return 0, fmt.Errorf("drain-timeout: %w", err)
	}
	return delay + timeout + 2*time.Second, nil
}

// image is what the Dockerfile says of those who run it.
type image struct {
	user int64
	port int32
}

func readImage(path string) (image, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return image{}, err
	}
	number := func(pattern string) int64 {
		found := regexp.MustCompile(pattern).FindSubmatch(text)
		if found == nil {
			err = fmt.Errorf("%s has no line %s", path, pattern)
			return 0
		}
		value, _ := strconv.ParseInt(string(found[1]), 10, 32)
		return value
	}
	return image{user: number(`(?m)^USER (\d+):\d+$`), port: int32(number(`(?m)^EXPOSE (\d+)$`))}, err
}
