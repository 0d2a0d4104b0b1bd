// Written by generate.ts beside it; do not edit.
import type {
  CoreV1Event,
  EventsV1Event,
  ResourceV1ResourceClaim,
  V1APIService,
  V1CSIDriver,
  V1CSINode,
  V1CSIStorageCapacity,
  V1CertificateSigningRequest,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1ConfigMap,
  V1ControllerRevision,
  V1CronJob,
  V1CustomResourceDefinition,
  V1DaemonSet,
  V1Deployment,
  V1DeviceClass,
  V1EndpointSlice,
  V1Endpoints,
  V1FlowSchema,
  V1HorizontalPodAutoscaler,
  V1IPAddress,
  V1Ingress,
  V1IngressClass,
  V1Job,
  V1Lease,
  V1LimitRange,
  V1MutatingAdmissionPolicy,
  V1MutatingAdmissionPolicyBinding,
  V1MutatingWebhookConfiguration,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1PodTemplate,
  V1PriorityClass,
  V1PriorityLevelConfiguration,
  V1ReplicaSet,
  V1ReplicationController,
  V1ResourceClaimTemplate,
  V1ResourceQuota,
  V1ResourceSlice,
  V1Role,
  V1RoleBinding,
  V1RuntimeClass,
  V1Secret,
  V1Service,
  V1ServiceAccount,
  V1ServiceCIDR,
  V1StatefulSet,
  V1StorageClass,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
  V1ValidatingWebhookConfiguration,
  V1VolumeAttachment,
  V1VolumeAttributesClass,
  V2HorizontalPodAutoscaler,
} from "@kubernetes/client-node";
import type { Wire } from "./wire.ts";

/** Live objects by every name that kubectl takes for their resource. */
export interface BuiltInResources {
  configmaps: Wire<V1ConfigMap>;
  configmap: Wire<V1ConfigMap>;
  cm: Wire<V1ConfigMap>;
  ConfigMap: Wire<V1ConfigMap>;
  endpoints: Wire<V1Endpoints>;
  ep: Wire<V1Endpoints>;
  Endpoints: Wire<V1Endpoints>;
  events: Wire<CoreV1Event>;
  event: Wire<CoreV1Event>;
  ev: Wire<CoreV1Event>;
  Event: Wire<CoreV1Event>;
  limitranges: Wire<V1LimitRange>;
  limitrange: Wire<V1LimitRange>;
  limits: Wire<V1LimitRange>;
  LimitRange: Wire<V1LimitRange>;
  namespaces: Wire<V1Namespace, false>;
  namespace: Wire<V1Namespace, false>;
  ns: Wire<V1Namespace, false>;
  Namespace: Wire<V1Namespace, false>;
  nodes: Wire<V1Node, false>;
  node: Wire<V1Node, false>;
  no: Wire<V1Node, false>;
  Node: Wire<V1Node, false>;
  persistentvolumeclaims: Wire<V1PersistentVolumeClaim>;
  persistentvolumeclaim: Wire<V1PersistentVolumeClaim>;
  pvc: Wire<V1PersistentVolumeClaim>;
  PersistentVolumeClaim: Wire<V1PersistentVolumeClaim>;
  persistentvolumes: Wire<V1PersistentVolume, false>;
  persistentvolume: Wire<V1PersistentVolume, false>;
  pv: Wire<V1PersistentVolume, false>;
  PersistentVolume: Wire<V1PersistentVolume, false>;
  pods: Wire<V1Pod>;
  pod: Wire<V1Pod>;
  po: Wire<V1Pod>;
  Pod: Wire<V1Pod>;
  podtemplates: Wire<V1PodTemplate>;
  podtemplate: Wire<V1PodTemplate>;
  PodTemplate: Wire<V1PodTemplate>;
  replicationcontrollers: Wire<V1ReplicationController>;
  replicationcontroller: Wire<V1ReplicationController>;
  rc: Wire<V1ReplicationController>;
  ReplicationController: Wire<V1ReplicationController>;
  resourcequotas: Wire<V1ResourceQuota>;
  resourcequota: Wire<V1ResourceQuota>;
  quota: Wire<V1ResourceQuota>;
  ResourceQuota: Wire<V1ResourceQuota>;
  secrets: Wire<V1Secret>;
  secret: Wire<V1Secret>;
  Secret: Wire<V1Secret>;
  serviceaccounts: Wire<V1ServiceAccount>;
  serviceaccount: Wire<V1ServiceAccount>;
  sa: Wire<V1ServiceAccount>;
  ServiceAccount: Wire<V1ServiceAccount>;
  services: Wire<V1Service>;
  service: Wire<V1Service>;
  svc: Wire<V1Service>;
  Service: Wire<V1Service>;
  apiservices: Wire<V1APIService, false>;
  apiservice: Wire<V1APIService, false>;
  APIService: Wire<V1APIService, false>;
  "apiservices.apiregistration.k8s.io": Wire<V1APIService, false>;
  "apiservice.apiregistration.k8s.io": Wire<V1APIService, false>;
  "APIService.apiregistration.k8s.io": Wire<V1APIService, false>;
  "apiservices.v1.apiregistration.k8s.io": Wire<V1APIService, false>;
  controllerrevisions: Wire<V1ControllerRevision>;
  controllerrevision: Wire<V1ControllerRevision>;
  ControllerRevision: Wire<V1ControllerRevision>;
  "controllerrevisions.apps": Wire<V1ControllerRevision>;
  "controllerrevision.apps": Wire<V1ControllerRevision>;
  "ControllerRevision.apps": Wire<V1ControllerRevision>;
  "controllerrevisions.v1.apps": Wire<V1ControllerRevision>;
  daemonsets: Wire<V1DaemonSet>;
  daemonset: Wire<V1DaemonSet>;
  ds: Wire<V1DaemonSet>;
  DaemonSet: Wire<V1DaemonSet>;
  "daemonsets.apps": Wire<V1DaemonSet>;
  "daemonset.apps": Wire<V1DaemonSet>;
  "ds.apps": Wire<V1DaemonSet>;
  "DaemonSet.apps": Wire<V1DaemonSet>;
  "daemonsets.v1.apps": Wire<V1DaemonSet>;
  deployments: Wire<V1Deployment>;
  deployment: Wire<V1Deployment>;
  deploy: Wire<V1Deployment>;
  Deployment: Wire<V1Deployment>;
  "deployments.apps": Wire<V1Deployment>;
  "deployment.apps": Wire<V1Deployment>;
  "deploy.apps": Wire<V1Deployment>;
  "Deployment.apps": Wire<V1Deployment>;
  "deployments.v1.apps": Wire<V1Deployment>;
  replicasets: Wire<V1ReplicaSet>;
  replicaset: Wire<V1ReplicaSet>;
  rs: Wire<V1ReplicaSet>;
  ReplicaSet: Wire<V1ReplicaSet>;
  "replicasets.apps": Wire<V1ReplicaSet>;
  "replicaset.apps": Wire<V1ReplicaSet>;
  "rs.apps": Wire<V1ReplicaSet>;
  "ReplicaSet.apps": Wire<V1ReplicaSet>;
  "replicasets.v1.apps": Wire<V1ReplicaSet>;
  statefulsets: Wire<V1StatefulSet>;
  statefulset: Wire<V1StatefulSet>;
  sts: Wire<V1StatefulSet>;
  StatefulSet: Wire<V1StatefulSet>;
  "statefulsets.apps": Wire<V1StatefulSet>;
  "statefulset.apps": Wire<V1StatefulSet>;
  "sts.apps": Wire<V1StatefulSet>;
  "StatefulSet.apps": Wire<V1StatefulSet>;
  "statefulsets.v1.apps": Wire<V1StatefulSet>;
  "events.events.k8s.io": Wire<EventsV1Event>;
  "event.events.k8s.io": Wire<EventsV1Event>;
  "ev.events.k8s.io": Wire<EventsV1Event>;
  "Event.events.k8s.io": Wire<EventsV1Event>;
  "events.v1.events.k8s.io": Wire<EventsV1Event>;
  horizontalpodautoscalers: Wire<V2HorizontalPodAutoscaler>;
  horizontalpodautoscaler: Wire<V2HorizontalPodAutoscaler>;
  hpa: Wire<V2HorizontalPodAutoscaler>;
  HorizontalPodAutoscaler: Wire<V2HorizontalPodAutoscaler>;
  "horizontalpodautoscalers.autoscaling": Wire<V2HorizontalPodAutoscaler>;
  "horizontalpodautoscaler.autoscaling": Wire<V2HorizontalPodAutoscaler>;
  "hpa.autoscaling": Wire<V2HorizontalPodAutoscaler>;
  "HorizontalPodAutoscaler.autoscaling": Wire<V2HorizontalPodAutoscaler>;
  "horizontalpodautoscalers.v2.autoscaling": Wire<V2HorizontalPodAutoscaler>;
  "horizontalpodautoscalers.v1.autoscaling": Wire<V1HorizontalPodAutoscaler>;
  cronjobs: Wire<V1CronJob>;
  cronjob: Wire<V1CronJob>;
  cj: Wire<V1CronJob>;
  CronJob: Wire<V1CronJob>;
  "cronjobs.batch": Wire<V1CronJob>;
  "cronjob.batch": Wire<V1CronJob>;
  "cj.batch": Wire<V1CronJob>;
  "CronJob.batch": Wire<V1CronJob>;
  "cronjobs.v1.batch": Wire<V1CronJob>;
  jobs: Wire<V1Job>;
  job: Wire<V1Job>;
  Job: Wire<V1Job>;
  "jobs.batch": Wire<V1Job>;
  "job.batch": Wire<V1Job>;
  "Job.batch": Wire<V1Job>;
  "jobs.v1.batch": Wire<V1Job>;
  certificatesigningrequests: Wire<V1CertificateSigningRequest, false>;
  certificatesigningrequest: Wire<V1CertificateSigningRequest, false>;
  csr: Wire<V1CertificateSigningRequest, false>;
  CertificateSigningRequest: Wire<V1CertificateSigningRequest, false>;
  "certificatesigningrequests.certificates.k8s.io": Wire<V1CertificateSigningRequest, false>;
  "certificatesigningrequest.certificates.k8s.io": Wire<V1CertificateSigningRequest, false>;
  "csr.certificates.k8s.io": Wire<V1CertificateSigningRequest, false>;
  "CertificateSigningRequest.certificates.k8s.io": Wire<V1CertificateSigningRequest, false>;
  "certificatesigningrequests.v1.certificates.k8s.io": Wire<V1CertificateSigningRequest, false>;
  ingressclasses: Wire<V1IngressClass, false>;
  ingressclass: Wire<V1IngressClass, false>;
  IngressClass: Wire<V1IngressClass, false>;
  "ingressclasses.networking.k8s.io": Wire<V1IngressClass, false>;
  "ingressclass.networking.k8s.io": Wire<V1IngressClass, false>;
  "IngressClass.networking.k8s.io": Wire<V1IngressClass, false>;
  "ingressclasses.v1.networking.k8s.io": Wire<V1IngressClass, false>;
  ingresses: Wire<V1Ingress>;
  ingress: Wire<V1Ingress>;
  ing: Wire<V1Ingress>;
  Ingress: Wire<V1Ingress>;
  "ingresses.networking.k8s.io": Wire<V1Ingress>;
  "ingress.networking.k8s.io": Wire<V1Ingress>;
  "ing.networking.k8s.io": Wire<V1Ingress>;
  "Ingress.networking.k8s.io": Wire<V1Ingress>;
  "ingresses.v1.networking.k8s.io": Wire<V1Ingress>;
  ipaddresses: Wire<V1IPAddress, false>;
  ipaddress: Wire<V1IPAddress, false>;
  ip: Wire<V1IPAddress, false>;
  IPAddress: Wire<V1IPAddress, false>;
  "ipaddresses.networking.k8s.io": Wire<V1IPAddress, false>;
  "ipaddress.networking.k8s.io": Wire<V1IPAddress, false>;
  "ip.networking.k8s.io": Wire<V1IPAddress, false>;
  "IPAddress.networking.k8s.io": Wire<V1IPAddress, false>;
  "ipaddresses.v1.networking.k8s.io": Wire<V1IPAddress, false>;
  networkpolicies: Wire<V1NetworkPolicy>;
  networkpolicy: Wire<V1NetworkPolicy>;
  netpol: Wire<V1NetworkPolicy>;
  NetworkPolicy: Wire<V1NetworkPolicy>;
  "networkpolicies.networking.k8s.io": Wire<V1NetworkPolicy>;
  "networkpolicy.networking.k8s.io": Wire<V1NetworkPolicy>;
  "netpol.networking.k8s.io": Wire<V1NetworkPolicy>;
  "NetworkPolicy.networking.k8s.io": Wire<V1NetworkPolicy>;
  "networkpolicies.v1.networking.k8s.io": Wire<V1NetworkPolicy>;
  servicecidrs: Wire<V1ServiceCIDR, false>;
  servicecidr: Wire<V1ServiceCIDR, false>;
  ServiceCIDR: Wire<V1ServiceCIDR, false>;
  "servicecidrs.networking.k8s.io": Wire<V1ServiceCIDR, false>;
  "servicecidr.networking.k8s.io": Wire<V1ServiceCIDR, false>;
  "ServiceCIDR.networking.k8s.io": Wire<V1ServiceCIDR, false>;
  "servicecidrs.v1.networking.k8s.io": Wire<V1ServiceCIDR, false>;
  poddisruptionbudgets: Wire<V1PodDisruptionBudget>;
  poddisruptionbudget: Wire<V1PodDisruptionBudget>;
  pdb: Wire<V1PodDisruptionBudget>;
  PodDisruptionBudget: Wire<V1PodDisruptionBudget>;
  "poddisruptionbudgets.policy": Wire<V1PodDisruptionBudget>;
  "poddisruptionbudget.policy": Wire<V1PodDisruptionBudget>;
  "pdb.policy": Wire<V1PodDisruptionBudget>;
  "PodDisruptionBudget.policy": Wire<V1PodDisruptionBudget>;
  "poddisruptionbudgets.v1.policy": Wire<V1PodDisruptionBudget>;
  clusterrolebindings: Wire<V1ClusterRoleBinding, false>;
  clusterrolebinding: Wire<V1ClusterRoleBinding, false>;
  ClusterRoleBinding: Wire<V1ClusterRoleBinding, false>;
  "clusterrolebindings.rbac.authorization.k8s.io": Wire<V1ClusterRoleBinding, false>;
  "clusterrolebinding.rbac.authorization.k8s.io": Wire<V1ClusterRoleBinding, false>;
  "ClusterRoleBinding.rbac.authorization.k8s.io": Wire<V1ClusterRoleBinding, false>;
  "clusterrolebindings.v1.rbac.authorization.k8s.io": Wire<V1ClusterRoleBinding, false>;
  clusterroles: Wire<V1ClusterRole, false>;
  clusterrole: Wire<V1ClusterRole, false>;
  ClusterRole: Wire<V1ClusterRole, false>;
  "clusterroles.rbac.authorization.k8s.io": Wire<V1ClusterRole, false>;
  "clusterrole.rbac.authorization.k8s.io": Wire<V1ClusterRole, false>;
  "ClusterRole.rbac.authorization.k8s.io": Wire<V1ClusterRole, false>;
  "clusterroles.v1.rbac.authorization.k8s.io": Wire<V1ClusterRole, false>;
  rolebindings: Wire<V1RoleBinding>;
  rolebinding: Wire<V1RoleBinding>;
  RoleBinding: Wire<V1RoleBinding>;
  "rolebindings.rbac.authorization.k8s.io": Wire<V1RoleBinding>;
  "rolebinding.rbac.authorization.k8s.io": Wire<V1RoleBinding>;
  "RoleBinding.rbac.authorization.k8s.io": Wire<V1RoleBinding>;
  "rolebindings.v1.rbac.authorization.k8s.io": Wire<V1RoleBinding>;
  roles: Wire<V1Role>;
  role: Wire<V1Role>;
  Role: Wire<V1Role>;
  "roles.rbac.authorization.k8s.io": Wire<V1Role>;
  "role.rbac.authorization.k8s.io": Wire<V1Role>;
  "Role.rbac.authorization.k8s.io": Wire<V1Role>;
  "roles.v1.rbac.authorization.k8s.io": Wire<V1Role>;
  csidrivers: Wire<V1CSIDriver, false>;
  csidriver: Wire<V1CSIDriver, false>;
  CSIDriver: Wire<V1CSIDriver, false>;
  "csidrivers.storage.k8s.io": Wire<V1CSIDriver, false>;
  "csidriver.storage.k8s.io": Wire<V1CSIDriver, false>;
  "CSIDriver.storage.k8s.io": Wire<V1CSIDriver, false>;
  "csidrivers.v1.storage.k8s.io": Wire<V1CSIDriver, false>;
  csinodes: Wire<V1CSINode, false>;
  csinode: Wire<V1CSINode, false>;
  CSINode: Wire<V1CSINode, false>;
  "csinodes.storage.k8s.io": Wire<V1CSINode, false>;
  "csinode.storage.k8s.io": Wire<V1CSINode, false>;
  "CSINode.storage.k8s.io": Wire<V1CSINode, false>;
  "csinodes.v1.storage.k8s.io": Wire<V1CSINode, false>;
  csistoragecapacities: Wire<V1CSIStorageCapacity>;
  csistoragecapacity: Wire<V1CSIStorageCapacity>;
  CSIStorageCapacity: Wire<V1CSIStorageCapacity>;
  "csistoragecapacities.storage.k8s.io": Wire<V1CSIStorageCapacity>;
  "csistoragecapacity.storage.k8s.io": Wire<V1CSIStorageCapacity>;
  "CSIStorageCapacity.storage.k8s.io": Wire<V1CSIStorageCapacity>;
  "csistoragecapacities.v1.storage.k8s.io": Wire<V1CSIStorageCapacity>;
  storageclasses: Wire<V1StorageClass, false>;
  storageclass: Wire<V1StorageClass, false>;
  sc: Wire<V1StorageClass, false>;
  StorageClass: Wire<V1StorageClass, false>;
  "storageclasses.storage.k8s.io": Wire<V1StorageClass, false>;
  "storageclass.storage.k8s.io": Wire<V1StorageClass, false>;
  "sc.storage.k8s.io": Wire<V1StorageClass, false>;
  "StorageClass.storage.k8s.io": Wire<V1StorageClass, false>;
  "storageclasses.v1.storage.k8s.io": Wire<V1StorageClass, false>;
  volumeattachments: Wire<V1VolumeAttachment, false>;
  volumeattachment: Wire<V1VolumeAttachment, false>;
  VolumeAttachment: Wire<V1VolumeAttachment, false>;
  "volumeattachments.storage.k8s.io": Wire<V1VolumeAttachment, false>;
  "volumeattachment.storage.k8s.io": Wire<V1VolumeAttachment, false>;
  "VolumeAttachment.storage.k8s.io": Wire<V1VolumeAttachment, false>;
  "volumeattachments.v1.storage.k8s.io": Wire<V1VolumeAttachment, false>;
  volumeattributesclasses: Wire<V1VolumeAttributesClass, false>;
  volumeattributesclass: Wire<V1VolumeAttributesClass, false>;
  vac: Wire<V1VolumeAttributesClass, false>;
  VolumeAttributesClass: Wire<V1VolumeAttributesClass, false>;
  "volumeattributesclasses.storage.k8s.io": Wire<V1VolumeAttributesClass, false>;
  "volumeattributesclass.storage.k8s.io": Wire<V1VolumeAttributesClass, false>;
  "vac.storage.k8s.io": Wire<V1VolumeAttributesClass, false>;
  "VolumeAttributesClass.storage.k8s.io": Wire<V1VolumeAttributesClass, false>;
  "volumeattributesclasses.v1.storage.k8s.io": Wire<V1VolumeAttributesClass, false>;
  mutatingadmissionpolicies: Wire<V1MutatingAdmissionPolicy, false>;
  mutatingadmissionpolicy: Wire<V1MutatingAdmissionPolicy, false>;
  MutatingAdmissionPolicy: Wire<V1MutatingAdmissionPolicy, false>;
  "mutatingadmissionpolicies.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicy, false>;
  "mutatingadmissionpolicy.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicy, false>;
  "MutatingAdmissionPolicy.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicy, false>;
  "mutatingadmissionpolicies.v1.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicy, false>;
  mutatingadmissionpolicybindings: Wire<V1MutatingAdmissionPolicyBinding, false>;
  mutatingadmissionpolicybinding: Wire<V1MutatingAdmissionPolicyBinding, false>;
  MutatingAdmissionPolicyBinding: Wire<V1MutatingAdmissionPolicyBinding, false>;
  "mutatingadmissionpolicybindings.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicyBinding, false>;
  "mutatingadmissionpolicybinding.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicyBinding, false>;
  "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicyBinding, false>;
  "mutatingadmissionpolicybindings.v1.admissionregistration.k8s.io": Wire<V1MutatingAdmissionPolicyBinding, false>;
  mutatingwebhookconfigurations: Wire<V1MutatingWebhookConfiguration, false>;
  mutatingwebhookconfiguration: Wire<V1MutatingWebhookConfiguration, false>;
  MutatingWebhookConfiguration: Wire<V1MutatingWebhookConfiguration, false>;
  "mutatingwebhookconfigurations.admissionregistration.k8s.io": Wire<V1MutatingWebhookConfiguration, false>;
  "mutatingwebhookconfiguration.admissionregistration.k8s.io": Wire<V1MutatingWebhookConfiguration, false>;
  "MutatingWebhookConfiguration.admissionregistration.k8s.io": Wire<V1MutatingWebhookConfiguration, false>;
  "mutatingwebhookconfigurations.v1.admissionregistration.k8s.io": Wire<V1MutatingWebhookConfiguration, false>;
  validatingadmissionpolicies: Wire<V1ValidatingAdmissionPolicy, false>;
  validatingadmissionpolicy: Wire<V1ValidatingAdmissionPolicy, false>;
  ValidatingAdmissionPolicy: Wire<V1ValidatingAdmissionPolicy, false>;
  "validatingadmissionpolicies.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicy, false>;
  "validatingadmissionpolicy.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicy, false>;
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicy, false>;
  "validatingadmissionpolicies.v1.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicy, false>;
  validatingadmissionpolicybindings: Wire<V1ValidatingAdmissionPolicyBinding, false>;
  validatingadmissionpolicybinding: Wire<V1ValidatingAdmissionPolicyBinding, false>;
  ValidatingAdmissionPolicyBinding: Wire<V1ValidatingAdmissionPolicyBinding, false>;
  "validatingadmissionpolicybindings.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicyBinding, false>;
  "validatingadmissionpolicybinding.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicyBinding, false>;
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicyBinding, false>;
  "validatingadmissionpolicybindings.v1.admissionregistration.k8s.io": Wire<V1ValidatingAdmissionPolicyBinding, false>;
  validatingwebhookconfigurations: Wire<V1ValidatingWebhookConfiguration, false>;
  validatingwebhookconfiguration: Wire<V1ValidatingWebhookConfiguration, false>;
  ValidatingWebhookConfiguration: Wire<V1ValidatingWebhookConfiguration, false>;
  "validatingwebhookconfigurations.admissionregistration.k8s.io": Wire<V1ValidatingWebhookConfiguration, false>;
  "validatingwebhookconfiguration.admissionregistration.k8s.io": Wire<V1ValidatingWebhookConfiguration, false>;
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io": Wire<V1ValidatingWebhookConfiguration, false>;
  "validatingwebhookconfigurations.v1.admissionregistration.k8s.io": Wire<V1ValidatingWebhookConfiguration, false>;
  customresourcedefinitions: Wire<V1CustomResourceDefinition, false>;
  customresourcedefinition: Wire<V1CustomResourceDefinition, false>;
  crd: Wire<V1CustomResourceDefinition, false>;
  crds: Wire<V1CustomResourceDefinition, false>;
  CustomResourceDefinition: Wire<V1CustomResourceDefinition, false>;
  "customresourcedefinitions.apiextensions.k8s.io": Wire<V1CustomResourceDefinition, false>;
  "customresourcedefinition.apiextensions.k8s.io": Wire<V1CustomResourceDefinition, false>;
  "crd.apiextensions.k8s.io": Wire<V1CustomResourceDefinition, false>;
  "crds.apiextensions.k8s.io": Wire<V1CustomResourceDefinition, false>;
  "CustomResourceDefinition.apiextensions.k8s.io": Wire<V1CustomResourceDefinition, false>;
  "customresourcedefinitions.v1.apiextensions.k8s.io": Wire<V1CustomResourceDefinition, false>;
  priorityclasses: Wire<V1PriorityClass, false>;
  priorityclass: Wire<V1PriorityClass, false>;
  pc: Wire<V1PriorityClass, false>;
  PriorityClass: Wire<V1PriorityClass, false>;
  "priorityclasses.scheduling.k8s.io": Wire<V1PriorityClass, false>;
  "priorityclass.scheduling.k8s.io": Wire<V1PriorityClass, false>;
  "pc.scheduling.k8s.io": Wire<V1PriorityClass, false>;
  "PriorityClass.scheduling.k8s.io": Wire<V1PriorityClass, false>;
  "priorityclasses.v1.scheduling.k8s.io": Wire<V1PriorityClass, false>;
  leases: Wire<V1Lease>;
  lease: Wire<V1Lease>;
  Lease: Wire<V1Lease>;
  "leases.coordination.k8s.io": Wire<V1Lease>;
  "lease.coordination.k8s.io": Wire<V1Lease>;
  "Lease.coordination.k8s.io": Wire<V1Lease>;
  "leases.v1.coordination.k8s.io": Wire<V1Lease>;
  runtimeclasses: Wire<V1RuntimeClass, false>;
  runtimeclass: Wire<V1RuntimeClass, false>;
  RuntimeClass: Wire<V1RuntimeClass, false>;
  "runtimeclasses.node.k8s.io": Wire<V1RuntimeClass, false>;
  "runtimeclass.node.k8s.io": Wire<V1RuntimeClass, false>;
  "RuntimeClass.node.k8s.io": Wire<V1RuntimeClass, false>;
  "runtimeclasses.v1.node.k8s.io": Wire<V1RuntimeClass, false>;
  endpointslices: Wire<V1EndpointSlice>;
  endpointslice: Wire<V1EndpointSlice>;
  EndpointSlice: Wire<V1EndpointSlice>;
  "endpointslices.discovery.k8s.io": Wire<V1EndpointSlice>;
  "endpointslice.discovery.k8s.io": Wire<V1EndpointSlice>;
  "EndpointSlice.discovery.k8s.io": Wire<V1EndpointSlice>;
  "endpointslices.v1.discovery.k8s.io": Wire<V1EndpointSlice>;
  deviceclasses: Wire<V1DeviceClass, false>;
  deviceclass: Wire<V1DeviceClass, false>;
  DeviceClass: Wire<V1DeviceClass, false>;
  "deviceclasses.resource.k8s.io": Wire<V1DeviceClass, false>;
  "deviceclass.resource.k8s.io": Wire<V1DeviceClass, false>;
  "DeviceClass.resource.k8s.io": Wire<V1DeviceClass, false>;
  "deviceclasses.v1.resource.k8s.io": Wire<V1DeviceClass, false>;
  resourceclaims: Wire<ResourceV1ResourceClaim>;
  resourceclaim: Wire<ResourceV1ResourceClaim>;
  ResourceClaim: Wire<ResourceV1ResourceClaim>;
  "resourceclaims.resource.k8s.io": Wire<ResourceV1ResourceClaim>;
  "resourceclaim.resource.k8s.io": Wire<ResourceV1ResourceClaim>;
  "ResourceClaim.resource.k8s.io": Wire<ResourceV1ResourceClaim>;
  "resourceclaims.v1.resource.k8s.io": Wire<ResourceV1ResourceClaim>;
  resourceclaimtemplates: Wire<V1ResourceClaimTemplate>;
  resourceclaimtemplate: Wire<V1ResourceClaimTemplate>;
  ResourceClaimTemplate: Wire<V1ResourceClaimTemplate>;
  "resourceclaimtemplates.resource.k8s.io": Wire<V1ResourceClaimTemplate>;
  "resourceclaimtemplate.resource.k8s.io": Wire<V1ResourceClaimTemplate>;
  "ResourceClaimTemplate.resource.k8s.io": Wire<V1ResourceClaimTemplate>;
  "resourceclaimtemplates.v1.resource.k8s.io": Wire<V1ResourceClaimTemplate>;
  resourceslices: Wire<V1ResourceSlice, false>;
  resourceslice: Wire<V1ResourceSlice, false>;
  ResourceSlice: Wire<V1ResourceSlice, false>;
  "resourceslices.resource.k8s.io": Wire<V1ResourceSlice, false>;
  "resourceslice.resource.k8s.io": Wire<V1ResourceSlice, false>;
  "ResourceSlice.resource.k8s.io": Wire<V1ResourceSlice, false>;
  "resourceslices.v1.resource.k8s.io": Wire<V1ResourceSlice, false>;
  flowschemas: Wire<V1FlowSchema, false>;
  flowschema: Wire<V1FlowSchema, false>;
  FlowSchema: Wire<V1FlowSchema, false>;
  "flowschemas.flowcontrol.apiserver.k8s.io": Wire<V1FlowSchema, false>;
  "flowschema.flowcontrol.apiserver.k8s.io": Wire<V1FlowSchema, false>;
  "FlowSchema.flowcontrol.apiserver.k8s.io": Wire<V1FlowSchema, false>;
  "flowschemas.v1.flowcontrol.apiserver.k8s.io": Wire<V1FlowSchema, false>;
  prioritylevelconfigurations: Wire<V1PriorityLevelConfiguration, false>;
  prioritylevelconfiguration: Wire<V1PriorityLevelConfiguration, false>;
  PriorityLevelConfiguration: Wire<V1PriorityLevelConfiguration, false>;
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": Wire<V1PriorityLevelConfiguration, false>;
  "prioritylevelconfiguration.flowcontrol.apiserver.k8s.io": Wire<V1PriorityLevelConfiguration, false>;
  "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io": Wire<V1PriorityLevelConfiguration, false>;
  "prioritylevelconfigurations.v1.flowcontrol.apiserver.k8s.io": Wire<V1PriorityLevelConfiguration, false>;
}
