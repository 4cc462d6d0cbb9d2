// Evaluates requests with @cloud-copilot/iam-simulate: one request a line in (JSON), one answer a line out.
//
// `authorize` is called directly. `runSimulation` drops the context keys that the Service Authorization Reference does
// not list for an action, and the OIDC keys of EKS; it also rejects an ARN whose resource type it does not recognize.
import { createInterface } from 'node:readline'
import {
  loadPolicy,
  validateIdentityPolicy,
  validateResourceControlPolicy,
  validateResourcePolicy,
  validateServiceControlPolicy,
  validateSessionPolicy,
  validateTrustPolicy,
} from '@cloud-copilot/iam-policy'
import { authorize } from './node_modules/@cloud-copilot/iam-simulate/dist/esm/core_engine/CoreSimulatorEngine.js'
import { DiscoveryContextKeyConstraints } from './node_modules/@cloud-copilot/iam-simulate/dist/esm/context_keys/discoveryContextKeyConstraints.js'
import { requestMatchesStatementPrincipals } from './node_modules/@cloud-copilot/iam-simulate/dist/esm/principal/principal.js'
import { AwsRequestImpl } from './node_modules/@cloud-copilot/iam-simulate/dist/esm/request/request.js'
import { RequestContextImpl } from './node_modules/@cloud-copilot/iam-simulate/dist/esm/requestContext.js'

const ANONYMOUS = { type: 'Anonymous' }
const FULL_ACCESS = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } }
const PARAMETERS = {
  simulationMode: 'Strict',
  discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]),
}

function evaluated(asked) {
  const problems = []
  const load = (document, validate) => {
    problems.push(...validate(document).map(({ path, message }) => `${path}: ${message}`))
    return loadPolicy(document, {})
  }
  const levels = (documents, validate, implied) =>
    documents.map((level, index) => ({
      orgIdentifier: `level ${index}`,
      policies: [...implied.map(document => loadPolicy(document, {})), ...level.map(document => load(document, validate))],
    }))
  const request = new AwsRequestImpl(
    asked.principal ?? ANONYMOUS,
    { resource: asked.resource, accountId: asked.account },
    asked.action,
    new RequestContextImpl(asked.context),
    asked.resource === '*',
  )
  const policies = {
    identityPolicies: asked.identity.map(document => load(document, validateIdentityPolicy)),
    permissionBoundaries: asked.boundary ? [load(asked.boundary, validateIdentityPolicy)] : undefined,
    sessionPolicy: asked.session ? load(asked.session, validateSessionPolicy) : undefined,
    resourcePolicy: asked.resource_policy
      ? load(asked.resource_policy, asked.is_trust ? validateTrustPolicy : validateResourcePolicy)
      : undefined,
    serviceControlPolicies: levels(asked.scp, validateServiceControlPolicy, []),
    resourceControlPolicies: levels(asked.rcp, validateResourceControlPolicy, [FULL_ACCESS]),
    vpcEndpointPolicies: asked.endpoint ? [of(request, load(asked.endpoint, validateResourcePolicy))] : undefined,
  }
  if (problems.length) return { problems }
  return authorize({ request, ...policies, simulationParameters: PARAMETERS, serviceSettings: { s3: {} } }).result
}

// The package ignores the principals of an endpoint policy, so statements of other principals are removed.
function of(request, policy) {
  const statements = policy
    .statements()
    .filter(statement => requestMatchesStatementPrincipals(request, statement, PARAMETERS).matches !== 'NoMatch')
  return { statements: () => statements, metadata: () => policy.metadata() }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(evaluated(JSON.parse(line))))
}
