import { lazy, Suspense, type ComponentType } from 'react';
import { Loader } from '@strapi/design-system';

/** A component whose code is loaded when it is first shown. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return function Lazily(props) {
    return (
      <Suspense fallback={<Loader small />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
