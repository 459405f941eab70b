import type { ZodType } from 'zod';
import type { Path } from './explain.ts';

/** What we read of a schema's definition: only the parts by which schemas nest. */
type Nesting = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, ZodType>>;
  readonly element?: ZodType;
  readonly items?: readonly ZodType[];
  readonly valueType?: ZodType;
  readonly innerType?: ZodType;
  readonly in?: ZodType;
  readonly options?: readonly ZodType[];
};

const nesting = (schema: ZodType): Nesting => schema._zod.def as unknown as Nesting;

/** The keys that a schema allows at a path; of a union, those of all branches. */
export const keysAt = (schema: ZodType, path: Path): readonly string[] => [...new Set(collect([schema], path))];

const collect = (schemas: readonly ZodType[], path: Path): readonly string[] =>
  schemas.flatMap((schema) => {
    const def = nesting(schema);
    if (def.innerType !== undefined) return collect([def.innerType], path);
    if (def.in !== undefined) return collect([def.in], path);
    if (def.options !== undefined) return collect(def.options, path);
    const [step, ...rest] = path;
    if (step === undefined) return Object.keys(def.shape ?? {});
    const next = def.shape?.[String(step)] ?? def.element ?? def.items?.[Number(step)] ?? def.valueType;
    return next === undefined ? [] : collect([next], rest);
  });
