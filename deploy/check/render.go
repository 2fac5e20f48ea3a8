package main

import (
	"os"
	"path/filepath"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// overlay is a way to put the manifests together.
type overlay struct {
	name       string
	components []string
}

var overlays = []overlay{
	{name: "kubernetes"},
	{name: "kubernetes with monitoring", components: []string{"monitoring"}},
	{name: "kubernetes with tokens", components: []string{"tokens"}},
	{name: "kubernetes with tls", components: []string{"tls"}},
	{name: "kubernetes with all", components: []string{"monitoring", "tokens", "tls"}},
}

// render builds the overlay as `kubectl kustomize` would, and gives its manifests as YAML, one each.
func (o overlay) render(root string) ([][]byte, error) {
	folder := filepath.Join(root, "kubernetes")
	if len(o.components) > 0 {
		made, err := o.write(folder)
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(made)
		folder = made
	}
	options := krusty.MakeDefaultOptions()
	// What kubectl allows too: nothing from outside the folders that are named.
	options.LoadRestrictions = types.LoadRestrictionsRootOnly
	found, err := krusty.MakeKustomizer(options).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return nil, err
	}
	var manifests [][]byte
	for _, resource := range found.Resources() {
		text, err := resource.AsYAML()
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, text)
	}
	return manifests, nil
}

// write makes a kustomization over the one in folder, with the components, as somebody with a cluster would.
func (o overlay) write(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	made, err := os.MkdirTemp("", "isnad-overlay-")
	if err != nil {
		return "", err
	}
	made, err = filepath.EvalSymlinks(made)
	if err != nil {
		return "", err
	}
	// Kustomize takes relative paths only.
	base, err := filepath.Rel(made, folder)
	if err != nil {
		return "", err
	}
	var components []string
	for _, name := range o.components {
		components = append(components, filepath.Join(base, "components", name))
	}
	text, err := yaml.Marshal(map[string]any{"resources": []string{base}, "components": components})
	if err != nil {
		return "", err
	}
	return made, os.WriteFile(filepath.Join(made, "kustomization.yaml"), text, 0o600)
}
