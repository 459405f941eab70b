import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');
const host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'expected a host name in lower case');
const port = z.int().min(1).max(65535);
const notApplicable = z.record(z.string().min(1), z.string().min(1)).default({});
const ports = z.array(port).default([]);

/** The form of an `edge.yaml`, and of `edge` in a `stack.yaml`. */
export const edgeSchema = z.strictObject({
  compiler: name.nullable(),
  service: name,
  hostname: host,
  port,
  adminPorts: ports,
  reload: z
    .strictObject({
      signals: z.array(
        z.strictObject({
          service: name,
          signal: z.string().regex(/^SIG[A-Z0-9]+$/, 'expected a signal such as SIGHUP'),
        }),
      ),
    })
    .nullable()
    .default(null),
  images: z.array(name).min(1),
  notApplicable,
});

/** The containers of one service of the app. */
const service = z.strictObject({
  id: name,
  sidecar: name,
  workload: name,
  meshPort: port,
  workloadPort: port,
  adminPorts: ports,
});

/** The form of a `mesh.yaml`, and of `mesh` in a `stack.yaml`. */
export const meshSchema = z.strictObject({
  compiler: name.nullable(),
  trustDomain: host,
  identity: z
    .string()
    .regex(
      /^spiffe:\/\/\{trustDomain\}\/[A-Za-z0-9._/-]*\{member\}$/,
      "expected a SPIFFE ID such as 'spiffe://{trustDomain}/{member}'",
    ),
  edgeUpstream: z.enum(['mutual-tls', 'sidecar', 'clear']),
  controlPlane: z
    .strictObject({
      service: name,
      adminPorts: ports,
      names: z.array(host).default([]),
      admits: z.enum(['token', 'certificate']).default('token'),
    })
    .nullable(),
  services: z.array(service).min(1),
  images: z.array(name).min(1),
  notApplicable,
});

/** The form of a `stack.yaml`. `app` is a name of `fixtures/apps`, or a path; all paths are from the stack's folder. */
export const stackSchema = z.strictObject({
  id: name,
  title: z.string().min(1),
  app: z.string().min(1),
  policy: z.string().min(1).optional(),
  edge: z.union([name, edgeSchema]),
  mesh: z.union([name, meshSchema]),
  configuration: z.string().min(1).optional(),
  notApplicable,
  defaults: z
    .strictObject({
      product: z.string().min(1),
      version: z.string().min(1),
      page: z.url('expected the URL of the page that the configuration is from'),
      admits: z.record(z.string().min(1), z.string().min(1)),
    })
    .optional(),
});

/** What we check of a compose file: what it includes, and that its services carry their role. The rest is compose's own business. */
export const composeSchema = z.looseObject({
  include: z.array(z.string('expected the path of a compose file')).default([]),
  services: z.record(z.string(), z.looseObject({ labels: z.looseObject({ 'holdfast.role': z.string() }) })).default({}),
});
