import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');
const host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'expected a host name in lower case');
const port = z.int().min(1).max(65535);
const ids = z.array(z.string().min(1));
const features = z.array(z.string().min(1)).default([]);
const products = z.array(name).optional();
/** By default that of the product for this side, where it has one. */
const compiler = name.nullable().optional();
/** A product, or a product as it ships. */
const part = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(\/defaults)?$/,
    'expected the name of a product, with /defaults behind it for one as it ships',
  );
const ports = z.array(port).default([]);

/** The form of an `edge.yaml`, and of `edge` in a `stack.yaml`. `products`: by default the folder's own. */
export const edgeSchema = z.strictObject({
  compiler,
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
  products,
  features,
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
  compiler,
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
  products,
  features,
});

/** The form of a `stack.yaml`. `app` is a name of `fixtures/apps`, or a path; all paths are from the stack's folder. */
export const stackSchema = z.strictObject({
  id: name,
  title: z.string().min(1),
  app: z.string().min(1),
  policy: z.string().min(1).optional(),
  edge: z.union([part, edgeSchema]),
  mesh: z.union([part, meshSchema]),
  configuration: z.string().min(1).optional(),
  features,
  defaults: z
    .strictObject({
      product: z.string().min(1),
      version: z.string().min(1),
      page: z.url('expected the URL of the page that the configuration is from'),
      documentation: z.record(z.string().min(1), z.string().min(1)).default({}),
    })
    .optional(),
});

/** The form of an `expected.yaml`, which `holdfast expect` writes beside the `stack.yaml` of a product's defaults. */
export const expectationSchema = z.strictObject({
  measured: z.strictObject({
    run: z.string().min(1),
    plan: z.string().min(1),
    harness: z.string().min(1),
    report: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')
      .optional(),
  }),
  verdicts: z.strictObject({ fail: ids, pass: ids, unknown: ids }),
});

/** What we check of a compose file: what it includes, and that its services carry their role. The rest is compose's own business. */
export const composeSchema = z.looseObject({
  include: z.array(z.string('expected the path of a compose file')).default([]),
  services: z.record(z.string(), z.looseObject({ labels: z.looseObject({ 'holdfast.role': z.string() }) })).default({}),
});
