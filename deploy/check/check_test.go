package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What lies there is right.
func TestDeploy(t *testing.T) {
	faults, err := checkAll("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// And what goes wrong is told: each of these slips, in manifests that are right otherwise.
func TestManifestsGoneWrong(t *testing.T) {
	set, err := readSettings("../kubernetes/base/isnad.toml")
	if err != nil {
		t.Fatal(err)
	}
	img, err := readImage("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.EvalSymlinks("..")
	if err != nil {
		t.Fatal(err)
	}
	sound, err := overlays[len(overlays)-1].render(root)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := overlays[0].render(root)
	if err != nil {
		t.Fatal(err)
	}

	for _, slip := range []struct {
		name, from, to, told string
		plain                bool
	}{
		{name: "a field that there is none of", from: "runAsNonRoot: true", to: "runAsNoRoot: true", told: `unknown field "spec.template.spec.securityContext.runAsNoRoot"`},
		{name: "a field twice", from: "automountServiceAccountToken: false\n      containers", to: "automountServiceAccountToken: false\n      automountServiceAccountToken: false\n      containers", told: "already set in map"},
		{name: "a wrong type", from: "averageUtilization: 70", to: `averageUtilization: "70"`, told: "cannot unmarshal string"},
		{name: "a version that there is none of", from: "apiVersion: autoscaling/v2", to: "apiVersion: autoscaling/v3", told: "no kind"},
		{name: "a value that is none", from: "whenUnsatisfiable: ScheduleAnyway", to: "whenUnsatisfiable: Sometimes", told: `Unsupported value: "Sometimes"`},
		{name: "two budgets in one", from: "maxUnavailable: 1\n  selector", to: "maxUnavailable: 1\n  minAvailable: 1\n  selector", told: "cannot be both set"},
		{name: "requests beyond limits", from: "memory: 192Mi", to: "memory: 2Gi", told: "must be less than or equal to memory limit"},
		{name: "a selector of somebody else", from: "matchLabels:\n      app.kubernetes.io/name: isnad\n  strategy", to: "matchLabels:\n      app.kubernetes.io/name: senad\n  strategy", told: "`selector` does not match template `labels`"},
		{name: "no time to drain", from: "terminationGracePeriodSeconds: 37", to: "terminationGracePeriodSeconds: 30", told: "the server may take 37s to stop"},
		{name: "too little memory", from: "memory: 1Gi", to: "memory: 512Mi", told: "by isnad.toml it can take 949 Mi"},
		{name: "more cores than memory", from: `cpu: "2"`, to: `cpu: "8"`, told: "by isnad.toml it can take 1144 Mi"},
		{name: "no limit", from: "cpu: \"2\"\n", to: "example.com/gpu: \"1\"\n", told: "no memory is enough"},
		{name: "a probe of another port", from: "port: 50051\n            service", to: "port: 50052\n            service", told: "a probe asks port 50052", plain: true},
		{name: "a capability kept", from: "- ALL", to: "- NET_RAW", told: "unrestricted capabilities"},
		{name: "a disk to write on", from: "readOnlyRootFilesystem: true", to: "readOnlyRootFilesystem: false", told: "can be written to"},
		{name: "root", from: "runAsUser: 65532", to: "runAsUser: 0", told: "runAsUser=0"},
		{name: "another user than the image's", from: "runAsUser: 65532", to: "runAsUser: 65533", told: "runAsUser is not 65532"},
		{name: "one address for all", from: "clusterIP: None", to: "type: ClusterIP", told: "not headless"},
		{name: "a port by a name that is none", from: "targetPort: metrics", to: "targetPort: metric", told: "port metric is none of the Deployment's"},
		{name: "a policy for a port that is none", from: "- port: grpc", to: "- port: http", told: "NetworkPolicy: port http is none"},
		{name: "a Deployment that is not scaled", from: "kind: Deployment\n    name: isnad", to: "kind: Deployment\n    name: senad", told: "it scales senad"},
		{name: "a ConfigMap that is not there", from: "- configMap:\n          name: isnad-", to: "- configMap:\n          name: other-", told: "there is no ConfigMap other-"},
		{name: "a monitor of a port that is none", from: "interval: 15s\n    port: metrics", to: "interval: 15s\n    port: metric", told: "the Service has no port metric"},
		{name: "a monitor's field that there is none of", from: "interval: 15s", to: "intervall: 15s", told: `unknown field "intervall"`},
	} {
		t.Run(slip.name, func(t *testing.T) {
			manifests := sound
			if slip.plain {
				manifests = plain
			}
			var broken [][]byte
			found := false
			for _, manifest := range manifests {
				text := string(manifest)
				found = found || strings.Contains(text, slip.from)
				broken = append(broken, []byte(strings.ReplaceAll(text, slip.from, slip.to)))
			}
			if !found {
				t.Fatalf("nothing reads %q: the slip cannot be made", slip.from)
			}
			expect(t, checkManifests(broken, set, img), slip.told)
		})
	}
}

func TestComposeGoneWrong(t *testing.T) {
	set, err := readSettings("../kubernetes/base/isnad.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, slip := range []struct{ name, from, to, told string }{
		{"a key that there is none of", "read_only:", "readonly:", "services.isnad.readonly"},
		{"a disk to write on", "read_only: true", "read_only: false", "not as locked up"},
		{"no time to drain", "stop_grace_period: 37s", "stop_grace_period: 10s", "stop_grace_period is under 37s"},
		{"too little memory", "mem_limit: 1g", "mem_limit: 256m", "it can take 949 Mi"},
		{"a file that is not there", "base/isnad.toml", "base/senad.toml", "no such file"},
	} {
		t.Run(slip.name, func(t *testing.T) {
			expect(t, checkCompose(slipped(t, "../compose.yaml", slip.from, slip.to), set), slip.told)
		})
	}
}

func TestServiceConfigGoneWrong(t *testing.T) {
	for _, slip := range []struct{ name, from, to, told string }{
		{"a key that there is none of", "retryPolicy", "retryPolice", `unknown field "retryPolice"`},
		{"a service that there is none of", `"service": "isnad.v1.Extract"`, `"service": "isnad.v1.Extractor"`, "the contract has no isnad.v1.Extractor/"},
		{"one method alone", `"service": "isnad.v1.Extract"}`, `"service": "isnad.v1.Extract", "method": "Extract"}`, "Describe is configured 0 times"},
		{"a code that there is none of", `["UNAVAILABLE"]`, `["UNAVAILABEL"]`, "UNAVAILABEL"},
		{"one attempt", `"maxAttempts": 4`, `"maxAttempts": 1`, "retry policy"},
		{"a stream with a timeout", `"retryPolicy"`, `"timeout": "5s", "retryPolicy"`, "would cut streams"},
	} {
		t.Run(slip.name, func(t *testing.T) {
			path := slipped(t, "../../clients/service-config.json", slip.from, slip.to)
			expect(t, checkServiceConfig(path, "../../proto/isnad/v1/extract.proto"), slip.told)
		})
	}
}

// slipped writes the file again beside itself, so that its relative paths hold, with the slip made.
func slipped(t *testing.T, path, from, to string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("%s does not read %q: the slip cannot be made", path, from)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "slipped-*"+filepath.Ext(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(file.Name()) })
	if _, err := file.WriteString(strings.ReplaceAll(string(text), from, to)); err != nil {
		t.Fatal(err)
	}
	return file.Name()
}

func expect(t *testing.T, faults []string, told string) {
	t.Helper()
	if !strings.Contains(strings.Join(faults, "\n"), told) {
		t.Errorf("nothing tells of %q:\n%s", told, strings.Join(faults, "\n"))
	}
}
