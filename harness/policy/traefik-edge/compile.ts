import { Document } from 'yaml';
import type { Compiler } from '../compiler.ts';
import { authorizerFiles } from '../opa/index.ts';
import { authorize } from './authorize.ts';
import { checkExpressible } from './expressible.ts';
import { middlewares } from './middlewares.ts';
import { routers } from './routers.ts';
import { staticConfiguration } from './static.ts';
import { tls } from './tls.ts';
import { mesh } from './transport.ts';

/** Compiles a policy for Traefik at the edge: `edge/traefik.yaml` and `edge/dynamic.yaml`, and the authorizer's files. Throws `inexpressible`. */
export const traefikEdge: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const { serversTransports, services } = mesh(stack);
  const dynamic = {
    http: {
      routers: routers(policy, stack),
      middlewares: { ...middlewares(policy, stack), authorize },
      services,
      serversTransports,
    },
    tls: tls(policy),
  };
  const text = (value: object, what: string): string => {
    const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
    document.commentBefore = ` Traefik of edge: its ${what} configuration, compiled by Holdfast from the policy "${policy.id}" for the stack\n "${stack.id}". To try a change, put a changed copy or a .patch into an overlay.`;
    return document.toString({ lineWidth: 120 });
  };
  return new Map([
    ...authorizerFiles(policy),
    ['edge/dynamic.yaml', text(dynamic, 'dynamic')],
    ['edge/traefik.yaml', text(staticConfiguration(stack), 'static')],
  ]);
};
