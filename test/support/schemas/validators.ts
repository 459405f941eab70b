import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ajvDraft4 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { execa } from 'execa';
import { validateXML } from 'xmllint-wasm';

/** Validators that share nothing with the formats: each says what is wrong with a document; nothing where it is valid. */

const vendored = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

// Both packages are CommonJS: what `import` gives has the function as its `default` by type, and is it by value.
const Draft4 = ajvDraft4 as unknown as typeof ajvDraft4.default;
const addFormats = ajvFormats as unknown as typeof ajvFormats.default;

const complaints = (validate: ValidateFunction, text: string): readonly string[] =>
  validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

const compileSarif = (): ValidateFunction => {
  const ajv = new Draft4({ allErrors: true, strict: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(vendored('sarif-schema-2.1.0.json')));
};

const compileOscal = (): ValidateFunction => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(vendored('oscal_complete_schema-1-1-3.json')));
};

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
const [sarif, oscal] = [once(compileSarif), once(compileOscal)];

/** By the JSON Schema of OASIS. */
export const faultsOfSarif = (text: string): readonly string[] => complaints(sarif(), text);

/** By the JSON Schema of NIST. */
export const faultsOfOscal = (text: string): readonly string[] => complaints(oscal(), text);

/** Of several documents by name, by libxml2 and the XSD of Jenkins; all in one process, for starting it is what takes time. */
export const faultsOfEachJunit = async (
  documents: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const names = Object.keys(documents);
  const { errors, valid } = await validateXML({
    xml: names.map((name, i) => ({ fileName: `${i}.xml`, contents: documents[name]! })),
    schema: [vendored('junit-10.xsd')],
  });
  // The rest of what it says is an excerpt, or which of the documents it means.
  const placed = errors.filter(({ loc }) => loc !== null);
  if (!valid && placed.length === 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      placed.filter(({ loc }) => loc?.fileName === `${i}.xml`).map(({ message }) => message),
    ]),
  );
};

/** Of one document. */
export const faultsOfJunit = async (text: string): Promise<readonly string[]> =>
  (await faultsOfEachJunit({ document: text }))['document'] ?? [];

/** A sample as the reference parser reads it. */
export type ParsedSample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};
export type ParsedFamily = {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly samples: readonly ParsedSample[];
};

const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
def read(text):
  try:
    return [{'name': f.name, 'type': f.type, 'unit': f.unit,
      'samples': [{'name': s.name, 'labels': s.labels, 'value': s.value} for s in f.samples]} for f in parse(text)]
  except ValueError as error:
    return str(error)
json.dump({name: read(text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
`;

/** Is there a Python to run the reference parser of OpenMetrics with? */
export const hasPython = async (): Promise<boolean> =>
  !(await execa('python3', ['-c', 'import sys; assert sys.version_info >= (3, 9)'], { reject: false })).failed;

/** Several OpenMetrics texts by name, by the reference parser of Prometheus; its complaint about what it takes for none. */
export const parseOpenMetrics = async (
  texts: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly ParsedFamily[] | string>>> => {
  const wheel = join(import.meta.dirname, 'prometheus_client-0.26.0-py3-none-any.whl');
  const { stdout } = await execa('python3', ['-I', '-c', program, wheel], { input: JSON.stringify(texts) });
  return JSON.parse(stdout) as Record<string, readonly ParsedFamily[] | string>;
};
