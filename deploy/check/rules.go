package main

import (
	"fmt"
	"slices"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	security "k8s.io/pod-security-admission/api"
	securitypolicy "k8s.io/pod-security-admission/policy"
)

// checkManifests admits every manifest, and holds them against each other: what no single one of them can be wrong about.
func checkManifests(manifests [][]byte, set settings, img image) []string {
	var faults []string
	var objects []runtime.Object
	for _, manifest := range manifests {
		object, found := admit(manifest)
		faults = append(faults, found...)
		if object != nil {
			objects = append(objects, object)
		}
	}
	deployment := one[*apps.Deployment](objects)
	if deployment == nil {
		return append(faults, "there is no Deployment that can be read")
	}
	tell := func(fault string, values ...any) { faults = append(faults, fmt.Sprintf(fault, values...)) }
	checkPod(deployment.Spec.Template.Spec, set, img, tell)
	checkSecurity(deployment.Spec.Template, tell)
	checkNames(deployment, objects, tell)
	return faults
}

func one[T runtime.Object](objects []runtime.Object) (found T) {
	for _, object := range objects {
		if is, ok := object.(T); ok {
			found = is
		}
	}
	return found
}

// checkPod holds the pod against the server's settings and its image.
func checkPod(pod core.PodSpec, set settings, img image, tell func(string, ...any)) {
	if grace, err := set.grace(); err != nil {
		tell("isnad.toml: %v", err)
	} else if given := *pod.TerminationGracePeriodSeconds; float64(given) < grace.Seconds() {
		tell("Deployment: terminationGracePeriodSeconds is %d; by isnad.toml the server may take %s to stop", given, grace)
	}
	for _, container := range pod.Containers {
		limits := container.Resources.Limits
		if limits.Cpu().IsZero() || limits.Memory().IsZero() {
			tell("Deployment: %s has no limit of CPU or of memory, so that no memory is enough", container.Name)
		} else if most := set.memory(limits.Cpu().AsApproximateFloat64()); limits.Memory().Value() < most {
			tell("Deployment: %s may use %s of memory; by isnad.toml it can take %d Mi on its cores", container.Name, limits.Memory(), most>>20)
		}
		for _, probe := range []*core.Probe{container.LivenessProbe, container.ReadinessProbe, container.StartupProbe} {
			switch {
			case probe == nil:
				tell("Deployment: %s lacks a probe", container.Name)
			case probe.GRPC != nil && probe.GRPC.Port != img.port:
				tell("Deployment: a probe asks port %d; the image serves on %d", probe.GRPC.Port, img.port)
			}
		}
		if !slices.ContainsFunc(container.Ports, func(p core.ContainerPort) bool { return p.ContainerPort == img.port }) {
			tell("Deployment: %s opens no port %d, which the image serves on", container.Name, img.port)
		}
	}
	if user := pod.SecurityContext.RunAsUser; user == nil || *user != img.user {
		tell("Deployment: runAsUser is not %d, as in the Dockerfile", img.user)
	}
}

// checkSecurity asks what an admission controller would that enforces the strictest standard, and a little more.
func checkSecurity(template core.PodTemplateSpec, tell func(string, ...any)) {
	evaluator, err := securitypolicy.NewEvaluator(securitypolicy.DefaultChecks(), nil)
	if err != nil {
		tell("pod security: %v", err)
		return
	}
	level := security.LevelVersion{Level: security.LevelRestricted, Version: security.LatestVersion()}
	for _, result := range evaluator.EvaluatePod(level, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			tell("Deployment: not within the restricted pod security standard: %s (%s)", result.ForbiddenReason, result.ForbiddenDetail)
		}
	}
	for _, container := range template.Spec.Containers {
		if readOnly := container.SecurityContext.ReadOnlyRootFilesystem; readOnly == nil || !*readOnly {
			tell("Deployment: the root file system of %s can be written to", container.Name)
		}
	}
	if mounted := template.Spec.AutomountServiceAccountToken; mounted == nil || *mounted {
		tell("Deployment: a token of the cluster is mounted, of which the service has no use")
	}
}

// checkNames follows every name from one manifest into another.
func checkNames(deployment *apps.Deployment, objects []runtime.Object, tell func(string, ...any)) {
	pod := deployment.Spec.Template
	selects := func(what string, selector *metav1.LabelSelector, set map[string]string) {
		if by, err := metav1.LabelSelectorAsSelector(selector); err != nil || !by.Matches(labels.Set(set)) {
			tell("%s: its selector does not match", what)
		}
	}
	var ports []string
	for _, container := range pod.Spec.Containers {
		for _, port := range container.Ports {
			ports = append(ports, port.Name)
		}
	}
	opens := func(what string, port intstr.IntOrString) {
		if !slices.Contains(ports, port.String()) {
			tell("%s: port %s is none of the Deployment's: %v", what, port.String(), ports)
		}
	}

	maps := map[string]bool{}
	var service *core.Service
	for _, object := range objects {
		switch o := object.(type) {
		case *core.ConfigMap:
			maps[o.Name] = true
		case *core.Service:
			service = o
			selects("Service", &metav1.LabelSelector{MatchLabels: o.Spec.Selector}, pod.Labels)
			for _, port := range o.Spec.Ports {
				opens("Service", port.TargetPort)
			}
			if o.Spec.ClusterIP != core.ClusterIPNone {
				tell("Service: not headless, so that clients could not balance")
			}
		case *policy.PodDisruptionBudget:
			selects("PodDisruptionBudget", o.Spec.Selector, pod.Labels)
		case *networking.NetworkPolicy:
			selects("NetworkPolicy", &o.Spec.PodSelector, pod.Labels)
			for _, rule := range o.Spec.Ingress {
				for _, port := range rule.Ports {
					opens("NetworkPolicy", *port.Port)
				}
			}
		case *autoscaling.HorizontalPodAutoscaler:
			if o.Spec.ScaleTargetRef.Name != deployment.Name {
				tell("HorizontalPodAutoscaler: it scales %s; the Deployment is called %s", o.Spec.ScaleTargetRef.Name, deployment.Name)
			}
		case *core.ServiceAccount:
			if o.Name != pod.Spec.ServiceAccountName {
				tell("ServiceAccount: called %s; the Deployment runs as %s", o.Name, pod.Spec.ServiceAccountName)
			}
		}
	}
	for _, volume := range pod.Spec.Volumes {
		if source := volume.ConfigMap; source != nil && !maps[source.Name] {
			tell("Deployment: there is no ConfigMap %s", source.Name)
		}
	}
	if monitor := one[*monitoring.ServiceMonitor](objects); monitor != nil && service != nil {
		selects("ServiceMonitor", &monitor.Spec.Selector, service.Labels)
		for _, endpoint := range monitor.Spec.Endpoints {
			if !slices.ContainsFunc(service.Spec.Ports, func(p core.ServicePort) bool { return p.Name == endpoint.Port }) {
				tell("ServiceMonitor: the Service has no port %s", endpoint.Port)
			}
		}
	}
}
