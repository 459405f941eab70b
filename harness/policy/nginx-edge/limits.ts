import type { Policy, RateLimit, Stack } from '../../model/index.ts';
import { authorizer } from '../opa/index.ts';
import { once, toMesh } from './mesh.ts';
import { refusals } from './refusal.ts';
import { block } from './text.ts';
import type { Line } from './text.ts';

const of = ({ rateLimits }: Policy, per: RateLimit['per']): readonly RateLimit[] =>
  rateLimits.filter((limit) => limit.per === per);

// Zones of every module share their names.
const zone = (id: string): string => `limit_${id}`;

const declared = ({ id, per, requestsPerSecond }: RateLimit): Line => {
  const key = per === 'edge' ? 'edge' : `$http_${authorizer.subjectHeader.replaceAll('-', '_')}`;
  return `limit_req_zone ${key} zone=${zone(id)}:${per === 'edge' ? '1m' : '16m'} rate=${requestsPerSecond}r/s`;
};

const limited = (limits: readonly RateLimit[]): readonly Line[] =>
  limits.map(({ id, burst }) => `limit_req zone=${zone(id)} burst=${burst} nodelay`);

/**
 * One bucket for all requests, or one for each verified subject, shared by the workers. 16 MB hold about 128,000 subjects; of more,
 * those least recently seen are given up.
 */
export const limitZones = ({ rateLimits }: Policy): readonly Line[] =>
  rateLimits.length === 0 ? [] : ['', 'limit_req_status 429', ...rateLimits.map(declared)];

/** For the public location: the limits of all requests together, which stand before every other decision. */
export const edgeLimits = (policy: Policy): readonly Line[] => limited(of(policy, 'edge'));

/** For the public location: on to the second hop where there is one, else into the mesh. */
export const onward = (policy: Policy, stack: Stack): readonly Line[] =>
  of(policy, 'subject').length === 0 ? toMesh(stack) : ['proxy_pass http://subject', ...once];

/** The second hop, in a folder that no other container sees. */
const socket = 'unix:/run/nginx/subject.sock';

/**
 * The limits of each subject. nginx counts before it asks the authorizer, and counts a request once, so they stand in a server of
 * their own behind the first one, which names the subject that was verified.
 */
export const subjectHop = (policy: Policy, stack: Stack): readonly Line[] => {
  const limits = of(policy, 'subject');
  if (limits.length === 0) return [];
  return [
    '',
    block('upstream subject', [
      `server ${socket} max_fails=0`,
      'keepalive 512',
      'keepalive_requests 100000',
      'keepalive_timeout 30s',
    ]),
    block('server', [
      `listen ${socket}`,
      'access_log off',
      '# For the log of the first hop; here, so that the page of a refusal has it too.',
      `add_header ${authorizer.reasonHeader} $limit_req_status always`,
      ...refusals,
      block('location /', [
        ...limited(limits),
        ...toMesh(stack),
        'proxy_set_header Host $http_host',
        `proxy_hide_header ${authorizer.reasonHeader}`,
      ]),
    ]),
  ];
};
