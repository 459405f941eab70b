import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';

// CommonJS: what `import` gives has the function as its `default` by type, and is it by value.
const addFormats = ajvFormats as unknown as typeof ajvFormats.default;

/** Validators by schema: to compile one takes longer than all that it validates. */
const compiled = new Map<string, ValidateFunction>();

const validatorOf = (schema: string): ValidateFunction => {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const made = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, `${schema}.json`), 'utf8')));
  compiled.set(schema, made);
  return made;
};

/** What is wrong with a YAML text by one of the published schemas of CI services; nothing where it is valid. */
export const faultsOfCi = (
  text: string,
  schema: 'github-action' | 'github-workflow' | 'gitlab-ci',
): readonly string[] => {
  const validate = validatorOf(schema);
  return validate(parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
