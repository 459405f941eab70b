import type { Policy } from '../../model/index.ts';
import type { Line } from './text.ts';

/**
 * TLS towards the outside, for every server: nginx takes the versions from the default server of an address, whichever name is
 * asked for (nginx.org, ngx_http_ssl_module, ssl_protocols). Ciphers are for TLS 1.2; those of 1.3 are all sound.
 */
export const tls = ({ tls: { minimum } }: Policy): readonly Line[] => [
  `ssl_protocols ${minimum === '1.2' ? 'TLSv1.2 TLSv1.3' : 'TLSv1.3'}`,
  'ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305',
  'ssl_prefer_server_ciphers on',
  'ssl_session_cache shared:tls:10m',
  '# A ticket key would live as long as the process; early data can be replayed.',
  'ssl_session_tickets off',
  'ssl_early_data off',
];
