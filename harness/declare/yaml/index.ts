/**
 * Reading YAML that a person wrote: every complaint names the file, the line and the column, says what was expected and what
 * was found. Plans, policies, stacks, attacks and sabotages all enter through here, so they all complain in the same way.
 */
export { readYaml, readYamlDocument } from './read.ts';
export type { YamlDocument } from './read.ts';
export { nearest, suggestion } from './nearest.ts';
export type { Path } from './explain.ts';
