// Check reads what lies in deploy/ as strictly as those will who run it, and says what is wrong: manifests as the API server of Kubernetes
// decodes, defaults and validates them, compose.yaml by the Compose specification, the clients' service config by gRPC; and all of them by what
// they must agree upon with each other, with the server's settings and with the Dockerfile. It needs neither a cluster nor a network.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := ".."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	faults, err := checkAll(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(2)
	}
	for _, fault := range faults {
		fmt.Fprintln(os.Stderr, fault)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
}

// checkAll looks at everything under deploy/, which is at root. An error means that it could not look.
func checkAll(root string) ([]string, error) {
	// Kustomize takes no path with a link in it.
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, err
	}
	set, err := readSettings(filepath.Join(root, "kubernetes", "base", "isnad.toml"))
	if err != nil {
		return nil, err
	}
	img, err := readImage(filepath.Join(root, "..", "Dockerfile"))
	if err != nil {
		return nil, err
	}

	var faults []string
	told := func(where string, found []string) {
		for _, fault := range found {
			faults = append(faults, where+": "+fault)
		}
		if len(found) == 0 {
			fmt.Println("ok", where)
		}
	}
	for _, overlay := range overlays {
		manifests, err := overlay.render(root)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", overlay.name, err)
		}
		told(overlay.name, checkManifests(manifests, set, img))
	}
	told("compose.yaml", checkCompose(filepath.Join(root, "compose.yaml"), set))
	told("clients/service-config.json", checkServiceConfig(
		filepath.Join(root, "..", "clients", "service-config.json"),
		filepath.Join(root, "..", "proto", "isnad", "v1", "extract.proto"),
	))
	return faults, nil
}
