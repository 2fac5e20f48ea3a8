package main

import (
	"context"
	"fmt"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/api/service"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	autoscalingvalidation "k8s.io/kubernetes/pkg/apis/autoscaling/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	"k8s.io/kubernetes/pkg/apis/policy"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	policyvalidation "k8s.io/kubernetes/pkg/apis/policy/validation"
	"sigs.k8s.io/yaml"
)

// strict takes no field that it does not know, none twice and none of another case: what `kubectl apply --validate=strict` has the server do.
var strict = json.NewSerializerWithOptions(
	json.DefaultMetaFactory, legacyscheme.Scheme, legacyscheme.Scheme, json.SerializerOptions{Yaml: true, Strict: true},
)

// admit takes a manifest in as the API server does: decoded strictly, defaults filled in, validated. It gives the object in its version on the
// wire, with the server's faults and warnings.
func admit(manifest []byte) (runtime.Object, []string) {
	var head metav1.TypeMeta
	if err := yaml.Unmarshal(manifest, &head); err != nil {
		return nil, []string{err.Error()}
	}
	if head.APIVersion == monitoring.SchemeGroupVersion.String() {
		// A custom resource, which the server knows by its definition: by the operator's types here.
		var monitor monitoring.ServiceMonitor
		if err := yaml.UnmarshalStrict(manifest, &monitor); err != nil {
			return nil, []string{head.Kind + ": " + err.Error()}
		}
		return &monitor, nil
	}

	wire, kind, err := strict.Decode(manifest, nil, nil)
	if err != nil {
		return nil, []string{head.Kind + ": " + err.Error()}
	}
	legacyscheme.Scheme.Default(wire)
	inner, err := legacyscheme.Scheme.ConvertToVersion(wire, runtime.InternalGroupVersioner)
	if err != nil {
		return nil, []string{head.Kind + ": " + err.Error()}
	}
	var faults []string
	wrong, warnings := validate(inner)
	for _, fault := range wrong {
		faults = append(faults, kind.Kind+": "+fault.Error())
	}
	for _, warning := range warnings {
		faults = append(faults, kind.Kind+": the API server warns: "+warning)
	}
	return wire, faults
}

// validate does what the API server's strategy for this kind does when one is created.
func validate(object runtime.Object) (field.ErrorList, []string) {
	switch o := object.(type) {
	case *apps.Deployment:
		options := pod.GetValidationOptionsFromPodTemplate(&o.Spec.Template, nil)
		warnings := pod.GetWarningsForPodTemplate(context.Background(), field.NewPath("spec", "template"), &o.Spec.Template, nil)
		return appsvalidation.ValidateDeployment(o, options), warnings
	case *core.Service:
		// What the server's allocator fills in before it validates.
		o.Spec.ClusterIPs = []string{o.Spec.ClusterIP}
		return corevalidation.ValidateServiceCreate(o), service.GetWarningsForService(o, nil)
	case *core.ConfigMap:
		return corevalidation.ValidateConfigMap(o), nil
	case *core.Namespace:
		return corevalidation.ValidateNamespace(o), nil
	case *core.ServiceAccount:
		return corevalidation.ValidateServiceAccount(o), nil
	case *policy.PodDisruptionBudget:
		return policyvalidation.ValidatePodDisruptionBudget(o, policyvalidation.PodDisruptionBudgetValidationOptions{}), nil
	case *autoscaling.HorizontalPodAutoscaler:
		options := autoscalingvalidation.HorizontalPodAutoscalerSpecValidationOptions{MinReplicasLowerBound: 1}
		return autoscalingvalidation.ValidateHorizontalPodAutoscaler(o, options), nil
	case *networking.NetworkPolicy:
		return networkingvalidation.ValidateNetworkPolicy(o, networkingvalidation.ValidationOptionsForNetworking(o, nil)), nil
	default:
		return field.ErrorList{field.InternalError(nil, fmt.Errorf("%T is not checked: add it to apiserver.go", object))}, nil
	}
}
