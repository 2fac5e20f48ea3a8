package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/cli"
)

// checkCompose loads the file as `docker compose config` would, by the schema of the Compose specification, and holds it against the settings.
func checkCompose(path string, set settings) []string {
	options, err := cli.NewProjectOptions([]string{path}, cli.WithName("isnad"), cli.WithResolvedPaths(true))
	if err != nil {
		return []string{err.Error()}
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return []string{strings.TrimSpace(err.Error())}
	}
	var faults []string
	tell := func(fault string, values ...any) { faults = append(faults, fmt.Sprintf(fault, values...)) }
	service, ok := project.Services["isnad"]
	if !ok {
		return []string{"there is no service isnad"}
	}
	if !service.ReadOnly || !slices.Contains(service.CapDrop, "ALL") || !slices.Contains(service.SecurityOpt, "no-new-privileges:true") {
		tell("isnad: not as locked up as in Kubernetes: read_only, cap_drop: [ALL], security_opt: [no-new-privileges:true]")
	}
	if grace, err := set.grace(); err != nil {
		tell("isnad.toml: %v", err)
	} else if service.StopGracePeriod == nil || time.Duration(*service.StopGracePeriod) < grace {
		tell("isnad: stop_grace_period is under %s, which by isnad.toml the server may take to stop", grace)
	}
	if most := set.memory(float64(service.CPUS)); int64(service.MemLimit) < most {
		tell("isnad: mem_limit is %d Mi; by isnad.toml it can take %d Mi on its cores", service.MemLimit>>20, most>>20)
	}
	if service.Build == nil {
		tell("isnad: it is not built from the Dockerfile")
	} else if _, err := os.Stat(filepath.Join(service.Build.Context, "Dockerfile")); err != nil {
		tell("isnad: %v", err)
	}
	for _, config := range project.Configs {
		if _, err := os.Stat(config.File); config.File != "" && err != nil {
			tell("configs: %v", err)
		}
	}
	return faults
}
