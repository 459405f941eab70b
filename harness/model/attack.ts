import type { ClauseId } from './clauses.ts';
import type { ControlId } from './verdict.ts';
import type { Decision, TlsVersion } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Hop, Stack } from './stack.ts';

/** Where an attempt comes from. */
export type Vantage = 'outside' | 'neighbour' | 'insider' | 'on-path' | 'tap';

/** `attack.yaml`: what the technique is, what must happen, and why it matters. */
export type AttackMeta = {
  /** e.g. `M3`. */
  readonly id: string;
  /** The claim, e.g. `refuses-bad-client-certificate`; the folder is `<id>-<name>`. */
  readonly name: string;
  readonly title: string;
  readonly control: ControlId;
  /** The clause of its control that it puts to the test. Absent in older histories. */
  readonly clause?: ClauseId | undefined;
  /** True where one admission breaks the control's claim outright. */
  readonly critical: boolean;
  readonly technique: string;
  readonly secure: string;
  /** What to do about an admission, whatever the product; what to set in one is said in `remediation/<product>.md`. */
  readonly remediation: string;
  /** RFC sections, CVEs, CWEs, ASVS sections. */
  readonly sources: readonly string[];
  /** Present where the attempts are the packets that the tap classified, not requests: `attempts` gives no forms then. */
  readonly vantage?: 'tap' | undefined;
  /**
   * Present where the forms are a corpus, too many to send each in every phase: the schedule draws as many as the plan's bound asks
   * attempts for, every variant at every target among them, and sends each at least once in all.
   */
  readonly corpus?: true | undefined;
  /**
   * Ids of features (harness/model/features.ts). A plan that lacks one does not require the attack; to a stack that lacks one it does
   * not apply. `reloads` is what older histories say.
   */
  readonly needs?: 'reloads' | readonly string[] | undefined;
};

/** What an attack may know when it lays out its forms. Pure data. */
export type AttackContext = { readonly stack: Stack; readonly policy: Policy; readonly hops: readonly Hop[] };

/** `attack.ts`: the distinct forms of the technique on this stack. Pure: the schedule picks from them, the agents send them. */
export type Attack = { readonly attempts: (context: AttackContext) => readonly Form[] };

/** One form of an attack: variant × target. Declarative: it holds recipes of credentials, never credentials. */
export type Form = {
  /** e.g. `alg-none`, `expired`. */
  readonly variant: string;
  /** The member of the stack that must refuse: a service id, `edge`, `control-plane`, or a hop `front→back`. */
  readonly target: string;
  readonly vantage: Vantage;
  /** What is sent. */
  readonly send: Send;
  /** The legitimate request that differs from this one only by what makes it an attack. */
  readonly twin: Twin;
  /**
   * What proves an admission. `witness`: the identity was journalled by a workload. `spoof`: a workload journalled the
   * spoofed value (see `Send.http.headers`, `{marker}`). `response`: the attacker got an answer that only the protected
   * endpoint gives (`Send.proof`). `answer`: the attacker got an HTTP answer at all, whatever its status: the peer spoke with a
   * client that it had not authenticated (for attacks that must die in the handshake). `handshake`: the peer went on with the
   * handshake that was offered (`Send.hello`). `interceptor`: the interceptor read the request in clear, or the callee's witness
   * saw it. `decision`: no admission but a comparison: each witness must have seen it where the policy allows it, and only there.
   * `drift`: the same, but it must become of it what became of the first one of its form in the run.
   */
  readonly evidence: 'witness' | 'spoof' | 'response' | 'answer' | 'handshake' | 'interceptor' | 'decision' | 'drift';
  /**
   * For evidence `decision`: sent to see by what is decided at the moment, and not judged. While an edge is reloaded it is let in
   * by one of the configurations and refused by the other; where both never happened, nothing was reloaded.
   */
  readonly probe?: true;
  /** For evidence `decision` and `drift`: what the policy says of it at every enforcer that it meets (harness/policy/decide). */
  readonly decisions?: readonly Decision[];
  /** For an interception: the hop that is taken over, and what stands on it. Such a form has windows of its own. */
  readonly interception?: Interception;
};

/** Taking over a hop: new connections of `hop.from` to `hop.to` reach the interceptor instead. */
export type Interception = {
  readonly hop: Hop;
  readonly interceptor:
    /** An impostor: a TLS server of the attacker with this certificate. */
    | { readonly kind: 'impostor'; readonly certificate: CertificateRecipe }
    /** mitmproxy: `own-ca`; `stolen-certificate`, a valid one of another service; `tamper`, passes TLS through, one byte flipped. */
    | {
        readonly kind: 'mitmproxy';
        readonly mode: 'own-ca' | 'stolen-certificate' | 'tamper';
        readonly stolenFrom?: string;
      };
};

/** A request as data. Ports and hosts are members of the stack; an address outside it cannot be expressed. */
export type Send = {
  /** Who is connected to: a service id, `edge`, or `control-plane` where the stack has one. */
  readonly to: string;
  readonly port: number;
  /**
   * `tls`: HTTP/1.1 over TLS. `plain`: HTTP/1.1 in clear. `h2c`: HTTP/2 with prior knowledge in clear. `hello`: the first message
   * of a TLS handshake alone (`Send.hello`); the request is not sent.
   */
  readonly transport: 'tls' | 'plain' | 'h2c' | 'hello';
  /** The highest version of TLS that is offered; absent: the highest that the sender knows. */
  readonly tls?: { readonly maximum: '1.2' | '1.3' };
  /** For transport `hello`: the one version and the cipher suites that are offered. */
  readonly hello?: Hello;
  /** Client certificate; absent: none is sent. */
  readonly certificate?: CertificateRecipe;
  /** Share of attempts that open a connection of their own; the others reuse one where the peer lets them. 1 on a mesh port. */
  readonly freshShare: number;
  readonly http: HttpRecipe;
  /** For evidence `response`: a regular expression that the body matches only where the protected thing answered. */
  readonly proof?: string;
};

/** What a ClientHello offers: `suites` by their names in the IANA registry (see execute/attack/agent/client-hello). */
export type Hello = {
  readonly version: 'ssl-3.0' | Exclude<TlsVersion, '1.3'>;
  readonly suites: readonly string[];
};

/**
 * In the path or a header, `{id}` is replaced by the attempt's identity; `{marker}` by `hf-spoof-SEQ` and `{markerIp}` by an
 * address in 2001:db8::/32 (RFC 3849), values that only this attempt uses; `{token}` by the token, which is then not sent in an
 * Authorization header of its own.
 */
export type HttpRecipe = {
  readonly method: string;
  /** Value of the Host header; absent: the right one. */
  readonly host?: string;
  readonly path: string;
  /** In the order sent; a name may stand twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Sent as `Authorization: Bearer …`; absent: no such header. */
  readonly token?: TokenRecipe;
};

/** How a token is made. Without `alter` it is valid. */
export type TokenRecipe = {
  readonly subject: string;
  /** Claims beside iss, aud, sub, iat, nbf, exp and the policy's required ones. */
  readonly claims: Readonly<Record<string, string>>;
  readonly alter?: TokenAlteration;
};

/** What makes a token an attack; each is one entry of E1 to E3 or more. */
export type TokenAlteration =
  | 'empty'
  | 'garbage'
  | 'oversized'
  | 'alg-none'
  | 'no-signature'
  | 'hs256-with-public-key'
  | 'injected-jwk'
  | 'injected-jku'
  | 'injected-x5c'
  | 'kid-traversal'
  | 'zero-signature'
  | 'stranger-key'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'wrong-type'
  | 'no-expiry';

/** How a certificate is made. Without `alter`: the valid one of the service, from the run's CA. */
export type CertificateRecipe = {
  readonly service: string;
  readonly alter?: CertificateAlteration;
};

export type CertificateAlteration =
  | 'self-signed'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-ca'
  | 'unknown-service'
  | 'wrong-trust-domain'
  | 'several-uris'
  | 'no-uri';

/**
 * `traffic`: the replayed requests of this route serve as twin. `request`: the harness sends this one beside the attempts,
 * from the same vantage.
 */
export type Twin =
  { readonly kind: 'traffic'; readonly route: string } | { readonly kind: 'request'; readonly send: Send };
