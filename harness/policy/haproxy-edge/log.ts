/**
 * The edge's own record of every request: when its first byte arrived, whose it was, and why it was answered as it was. One line of
 * JSON each, on standard output, which the stack leads into a file. What never became a request (a handshake that failed, a
 * malformed head) has a line without an identity.
 */
export const logging: readonly string[] = [
  '# A line is cut off at 1024 bytes unless more are asked for, and is then no JSON.',
  'log stdout len 65535 format raw local0 info',
  'option dontlognull',
  `log-format '%{+json}o %(at)[var(txn.at)] %(id)[var(txn.id)] %(method)HM %(path)HPO %(status:sint)ST %(flags)[txn.sess_term_state,word(1,-)] %(reason)[var(txn.reason)]'`,
  `error-log-format '%{+json}o %(at)[date(0,us),us_ltime("%s.%N")] %(status:sint)ST %(flags)[str(-)] %(reason)[fc_err_str,regsub(^Success$,malformed)]'`,
];

/** Remembered when a request arrives, for its line at the end. HAProxy puts a tab into JSON as it is, so an odd character is not kept. */
export const remembered: readonly string[] = [
  `http-request set-var(txn.at) request_date(us),us_ltime('%s.%N')`,
  'http-request set-var(txn.id) req.fhdr(x-holdfast-id),bytes(0,256),regsub([^A-Za-z0-9._~-],?,g)',
];
