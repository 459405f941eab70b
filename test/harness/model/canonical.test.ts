import fc from 'fast-check';
import t from 'tap';
import { canonical } from '../../../harness/model/index.ts';

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  );
};

t.test('equal values have equal text, whatever the order of their keys, and the text is the value', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value);
      return text === canonical(turned(value)) && canonical(JSON.parse(text)) === text;
    }),
  );
  t.equal(canonical({ b: [{ d: 1, c: 2 }], a: undefined }), '{"b":[{"c":2,"d":1}]}');
});

t.test('a key that means something to the language is a key like others', async (t) => {
  const text = '{"__proto__":{"a":1},"constructor":2}';
  t.equal(canonical(JSON.parse(text)), text);
});
