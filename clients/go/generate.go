package isnad

//go:generate npx --yes @bufbuild/buf@1.75.0 generate
//go:generate cp ../service-config.json service-config.json
