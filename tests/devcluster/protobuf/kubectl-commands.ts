/** Commands of kubectl whose request body is protobuf. */
export const COMMANDS: readonly (readonly string[])[] = [
  "create namespace shop",
  "create configmap settings --from-literal=colour=blue --from-literal=empty=",
  "create secret generic keys --from-literal=user=ann --from-literal=password=é",
  "create secret docker-registry pull --docker-username=u --docker-password=p --docker-email=u@example.com",
  "create secret tls cert --cert=tests/fixtures/tls/loopback.pem --key=tests/fixtures/tls/loopback.key",
  "create serviceaccount robot",
  "create deployment web --image=nginx:1 --replicas=3 --port=80",
  "create deployment two --image=nginx --image=redis",
  "create job once --image=busybox -- date",
  "create cronjob nightly --image=busybox --schedule=0_3_*_*_* -- date",
  "create role reader --verb=get,list --resource=pods,deployments.apps --resource-name=a",
  "create rolebinding readers --role=reader --user=ann --group=dev --serviceaccount=default:robot",
  "create clusterrole metrics --verb=get --non-resource-url=/metrics",
  "create clusterrole all --verb=* --resource=*",
  "create clusterrolebinding admins --clusterrole=cluster-admin --user=ann",
  "create ingress shop --class=nginx --rule=shop.example.com/api*=api:80,tls=cert --annotation=a=b --default-backend=web:http",
  "create quota limits --hard=cpu=1,memory=1Gi,pods=10 --scopes=NotTerminating",
  "create poddisruptionbudget one --selector=app=web --min-available=1",
  "create poddisruptionbudget half --selector=app=web --max-unavailable=50%",
  "create priorityclass high --value=1000 --description=important --preemption-policy=Never",
  "create priorityclass base --value=0 --global-default=true",
  "create service clusterip inside --tcp=80:8080 --tcp=443",
  "create service clusterip headless --clusterip=None",
  "create service nodeport outside --tcp=80:8080 --node-port=30080",
  "create service loadbalancer edge --tcp=80:8080",
  "create service externalname other --external-name=example.com",
  "autoscale deployment web --min=2 --max=5 --cpu=80%",
].map((command) => command.split(" ").map((word) => word.replaceAll("_", " ")));

/** kubectl does not print their JSON: it is what a Go client would write. */
export const WITHOUT_DRY_RUN: readonly { readonly command: readonly string[]; readonly json: unknown }[] = [
  {
    command: ["auth", "can-i", "create", "deployments.apps", "--namespace=shop"],
    json: {
      kind: "SelfSubjectAccessReview",
      apiVersion: "authorization.k8s.io/v1",
      metadata: {},
      spec: { resourceAttributes: { namespace: "shop", verb: "create", group: "apps", resource: "deployments" } },
      status: { allowed: false },
    },
  },
  {
    command: ["auth", "can-i", "get", "/healthz"],
    json: {
      kind: "SelfSubjectAccessReview",
      apiVersion: "authorization.k8s.io/v1",
      metadata: {},
      spec: { nonResourceAttributes: { path: "/healthz", verb: "get" } },
      status: { allowed: false },
    },
  },
  {
    command: ["auth", "can-i", "--list"],
    json: {
      kind: "SelfSubjectRulesReview",
      apiVersion: "authorization.k8s.io/v1",
      metadata: {},
      spec: { namespace: "default" },
      status: { resourceRules: null, nonResourceRules: null, incomplete: false },
    },
  },
  {
    command: ["auth", "whoami"],
    json: {
      kind: "SelfSubjectReview",
      apiVersion: "authentication.k8s.io/v1",
      metadata: {},
      status: { userInfo: {} },
    },
  },
  {
    command: ["create", "token", "builder", "--duration=1h", "--audience=shop"],
    json: {
      kind: "TokenRequest",
      apiVersion: "authentication.k8s.io/v1",
      metadata: {},
      spec: { audiences: ["shop"], expirationSeconds: 3600, boundObjectRef: null },
      status: { token: "", expirationTimestamp: null },
    },
  },
  {
    command: ["drain", "n1", "--force", "--disable-eviction", "--grace-period=7", "--timeout=1s"],
    json: { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 7 },
  },
];
