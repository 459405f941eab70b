import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';

// CommonJS: what `import` gives has the function as its `default` by type, and is it by value.
const addFormats = ajvFormats as unknown as typeof ajvFormats.default;

/** What is wrong with a YAML text by one of the published schemas of CI services; nothing where it is valid. */
export const faultsOfCi = (
  text: string,
  schema: 'github-action' | 'github-workflow' | 'gitlab-ci',
): readonly string[] => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, `${schema}.json`), 'utf8')));
  return validate(parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
