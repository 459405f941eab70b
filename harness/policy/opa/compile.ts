import { Document } from 'yaml';
import type { Policy } from '../../model/index.ts';
import type { Files } from '../compiler.ts';
import { authorizer } from './contract.ts';
import { rego } from './rego.ts';

/** The authorizer's files: `authorizer/config.yaml`, `authorizer/policy.rego`. It can express every policy. Pure. */
export const authorizerFiles = (policy: Policy): Files =>
  new Map([
    ['authorizer/config.yaml', config()],
    ['authorizer/policy.rego', rego(policy)],
  ]);

const config = (): string => {
  const document = new Document({
    plugins: {
      http_authorizer: {
        address: `${authorizer.address}:${authorizer.port}`,
        query: 'data.holdfast.decision',
      },
    },
  });
  document.commentBefore =
    ' OPA answers on this address alone; its API has no network address (--addr in compose.yaml).';
  return document.toString();
};
