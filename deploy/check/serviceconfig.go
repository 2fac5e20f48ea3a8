package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// serviceConfig mirrors grpc.service_config.ServiceConfig as far as it is used here: clients ignore what they do not know, so that a slip of
// the pen would go unseen.
type serviceConfig struct {
	LoadBalancingConfig []map[string]struct{} `json:"loadBalancingConfig"`
	HealthCheckConfig   struct {
		ServiceName string `json:"serviceName"`
	} `json:"healthCheckConfig"`
	MethodConfig []struct {
		Name []struct {
			Service string `json:"service"`
			Method  string `json:"method,omitempty"`
		} `json:"name"`
		Timeout     string `json:"timeout,omitempty"`
		RetryPolicy struct {
			MaxAttempts          int      `json:"maxAttempts"`
			InitialBackoff       string   `json:"initialBackoff"`
			MaxBackoff           string   `json:"maxBackoff"`
			BackoffMultiplier    float64  `json:"backoffMultiplier"`
			RetryableStatusCodes []string `json:"retryableStatusCodes"`
		} `json:"retryPolicy"`
	} `json:"methodConfig"`
	RetryThrottling struct {
		MaxTokens  int     `json:"maxTokens"`
		TokenRatio float64 `json:"tokenRatio"`
	} `json:"retryThrottling"`
}

// checkServiceConfig has gRPC itself take the file, and sees that it speaks of the contract's methods, each once.
func checkServiceConfig(path, contract string) []string {
	text, err := os.ReadFile(path)
	if err != nil {
		return []string{err.Error()}
	}
	proto, err := os.ReadFile(contract)
	if err != nil {
		return []string{err.Error()}
	}
	var config serviceConfig
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&config); err != nil {
		return []string{err.Error()}
	}
	var faults []string
	if client, err := grpc.NewClient(
		"passthrough:///unused",
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(string(text)),
	); err != nil {
		faults = append(faults, err.Error())
	} else {
		client.Close()
	}

	methods := map[string]int{}
	for _, found := range regexp.MustCompile(`(?m)^  rpc (\w+)\(`).FindAllSubmatch(proto, -1) {
		methods[string(found[1])] = 0
	}
	for _, method := range config.MethodConfig {
		for _, name := range method.Name {
			if name.Service == "isnad.v1.Extract" && name.Method == "" {
				// All that are not named elsewhere, streams among them.
				for method := range methods {
					methods[method]++
				}
				name.Method = "ExtractStream"
			} else if _, ok := methods[name.Method]; !ok || name.Service != "isnad.v1.Extract" {
				faults = append(faults, fmt.Sprintf("the contract has no %s/%s", name.Service, name.Method))
				continue
			} else {
				methods[name.Method]++
			}
			if name.Method == "ExtractStream" && method.Timeout != "" {
				faults = append(faults, "a timeout would cut streams, which last as long as there are articles")
			}
		}
	}
	for name, times := range methods {
		if times != 1 {
			faults = append(faults, fmt.Sprintf("%s is configured %d times", name, times))
		}
	}
	return faults
}
