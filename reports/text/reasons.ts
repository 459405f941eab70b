import { lackText } from '../../harness/model/index.ts';
import type { Reason, ReasonCode } from '../../harness/model/index.ts';
import { lossText } from './losses.ts';

type Data<C extends ReasonCode> = Reason<C>['data'];
type Sentences = { [C in ReasonCode]: (data: Data<C>) => string };

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;
const list = (places: readonly string[]): string => (places.length === 0 ? 'the stack' : places.join(', '));
const because = (why: Reason | null): string => (why === null ? '' : `: ${sentence(why)}`);

/** The sentence of each code: made here, and nowhere else. Nothing reads one. */
export const sentences: Sentences = {
  'not-applicable': ({ stack, why }) => `not applicable to ${stack}: ${why}`,
  'feature-missing': ({ stack, features }) => `not applicable to ${stack}: ${lackText(features)}`,
  'not-run': () => 'it was not run',
  narrowed: ({ only }) => `it was not run: the run was narrowed by --only ${only}`,
  'check-failed': ({ message }) => `its check failed: ${message}`,
  'too-few-attempts': ({ held, needed, bound }) =>
    `${held} of ${needed} determinate attempts that the bound ${bound} needs`,
  'blind-phase': ({ phase, attempts }) => `none of ${attempts} attempts in phase ${phase} is determinate`,
  'blind-form': ({ variant, target, attempts }) =>
    `none of ${attempts} attempts of ${variant} at ${target} is determinate`,
  'never-reloaded': () => 'the edge was never made to reload',
  'reloads-failed': ({ failed, of, error }) => `${failed} of ${of} reloads failed: ${error}`,
  'no-reload-seen': ({ probes, letIn, refused }) =>
    `no reload was seen to take effect: of ${probes} probes ${letIn} were let in and ${refused} refused`,
  admitted: ({ admitted, attempts }) => `${admitted} of ${attempts} attempts admitted`,
  'decided-otherwise': ({ than, attempts, admitted, withheld }) =>
    `${admitted + withheld} of ${attempts} requests decided otherwise than ${than === 'policy' ? 'the policy says' : 'at first'}: ${admitted} admitted, ${withheld} withheld`,
  late: ({ limitMs }) => `it was sent more than ${limitMs} ms late`,
  'failed-onward': ({ status }) =>
    `it was answered ${status}: what should refuse it failed, or passed it on to what failed`,
  'nothing-speaks-tls': () => 'nothing there speaks TLS, so nothing was refused',
  'not-answered-in-time': () => 'it was not answered in time, which is no refusal',
  'not-answered-nor-logged': () => 'it was not answered, and the edge did not log it: it may never have arrived',
  'spoof-not-put-to-the-test': () =>
    'it neither reached a workload nor was turned away, so nothing was shown of the spoofed value',
  'answer-does-not-say': () => 'its answer does not say whether it was let in',
  'twin-is-no-route': () => 'its twin is not a route of this run',
  'no-twin': ({ side, withinMs, of }) =>
    `no twin within ${withinMs} ms ${of === 'window' ? 'of the window ' : ''}${side} it`,
  'twin-failed': () => 'its twin did not succeed either',
  disturbed: ({ action, places }) => `its way was disturbed on purpose, by ${action} at ${list(places)}`,
  'phase-disturbed': ({ phase, attempts, action }) =>
    `nothing was shown in phase ${phase}: ${action} disturbed the way of its ${attempts} attempts`,
  'form-disturbed': ({ variant, target, attempts, action }) =>
    `nothing was shown of ${variant} at ${target}: ${action} disturbed the way of its ${attempts} attempts`,
  'outside-window': () => 'sent while the hop was not yet, or no longer, taken over',
  'not-taken-over': ({ error }) => `the hop was not taken over: ${error ?? 'the interceptor saw no connection'}`,
  'met-true-callee': () => 'it waited until the hop was given back, and met the true callee',
  'answered-by-nobody': () => 'it was answered, though neither the interceptor nor the callee saw it',
  'no-handshake-ended': () => 'the interceptor saw no handshake that the caller ended',
  'believed-unread': () => 'the caller accepted the interceptor in this window, though this request was not read',
  'never-reached-caller': ({ caller }) => `it did not come as far as ${caller}, the caller of the hop`,
  'packet-unclassified': () => 'packets that could not be classified',
  'no-link-captured': () => 'no link was captured',
  'capture-not-whole': ({ code, count, data }) =>
    `the capture is not whole: ${lossText({ observer: 'tap', code, data }).detail} (${count})`,
  'link-not-captured': ({ link, phase }) =>
    `link ${link} was not captured${phase === null ? '' : ` in phase ${phase}`}`,
  'capture-lost-packets': ({ link, packets }) => `the capture of link ${link} lost ${packets} packets`,
  'packets-unclassified': ({ packets }) => `${packets} packets could not be classified`,
  'planted-not-seen': ({ link, phase }) =>
    `the cleartext planted on link ${link} in phase ${phase} was not seen, so the tap may be deaf there`,
  'generator-ended-ramp': ({ perSecond, dropped, intended, answeredWithinMs }) =>
    `the load generator, not the stack, ended the ramp at ${perSecond}/s: it dropped ${dropped} of ${intended} arrivals and sent late, while the stack answered within ${answeredWithinMs} ms (p99)`,
  'too-few-arrivals': ({ expected, found }) => `expected at least ${expected} arrivals for a load, found ${found}`,
  'arrivals-dropped': ({ dropped, intended, limitShare }) =>
    `the load generator dropped ${dropped} of ${intended} arrivals (${percent(dropped / intended)}), more than ${percent(limitShare)}`,
  'sender-late': ({ p99Ms, limitMs }) => `the load generator sent late: p99 ${p99Ms} ms, more than ${limitMs} ms`,
  'history-without-end': () => 'the history has no end',
  interrupted: ({ by }) => `the run was interrupted: ${by ?? 'no reason was recorded'}`,
  'users-refused': ({ phase, failed, of }) =>
    `nothing was shown in phase ${phase}: the stack failed ${failed} of ${of} requests of its own users (${percent(failed / of)})`,
  'evidence-lost': ({ count, ...loss }) =>
    `evidence was lost that could show an admission: ${lossText(loss).what} (${count})`,
  strangers: ({ requests }) =>
    `${requests} requests reached a witness that nobody is known to have sent: they may be admissions`,
  'unknown-kind': ({ of, kind, records }) =>
    `${records} records are of the ${of} "${kind}", which this version does not have: what they say could not be judged`,
  'no-attack-applies': () => 'no attack of the plan applies to this stack',
  attack: ({ attack, reason }) => `${attack}: ${reason === null ? 'no reason' : sentence(reason)}`,
  'attack-caps': ({ attack, critical, verdict, reason }) =>
    `${critical ? 'critical ' : ''}attack ${attack} ${verdict === 'fail' ? 'broke its claim' : 'left its claim open'}${because(reason)}`,
  'cut-short': () => 'the run was cut short',
  'run-invalid': ({ reasons }) => `the run is INVALID: ${reasons.map(sentence).join('; ')}`,
  'run-doubted': ({ reasons }) => reasons.map(sentence).join('; '),
  'none-of-its-kind': () => 'no attempt of its kind was made',
  'none-of-its-kind-determinate': ({ attempts, reason }) =>
    `none of ${attempts} attempts of its kind is determinate${because(reason)}`,
  said: ({ text }) => text,
};

/** A reason as a person reads it. */
export const sentence = ({ code, data }: Reason): string => {
  const make = Object.hasOwn(sentences, code) ? (sentences[code] as (data: unknown) => string) : undefined;
  return make === undefined ? code : make(data);
};
