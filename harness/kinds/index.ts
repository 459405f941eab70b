/**
 * Kinds: how requests are sent, what is done to a stack, what instruments see, what proves an admission. Each is a folder (evidence: a
 * file), discovered. The command line discovers them once and hands them to the stages, which know their types alone
 * (model/contract.ts).
 */
export { checkIds, discoverKinds, effectsOf } from './discover.ts';
