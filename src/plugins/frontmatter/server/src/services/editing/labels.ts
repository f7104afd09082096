import type { Core } from '@strapi/strapi';
import type { Shape } from '../../../../core';
import type { FieldSummary } from '../../../../shared';
import { serviceOf } from '../foundation/service-of';

/** The labels in the configuration of a type's form, as editors see them. */
interface Configuration {
  metadatas?: Record<string, { edit?: { label?: string } } | undefined>;
}

/** Labels the keys of shapes as the forms of the panel do. */
export function createLabels({ strapi }: { strapi: Core.Strapi }) {
  async function labelsOf(service: 'content-types' | 'components', uid: string) {
    const type =
      service === 'components'
        ? strapi.components[uid as never]
        : strapi.contentTypes[uid as never];
    if (!type) return () => undefined;
    const { metadatas = {} } = (await strapi
      .plugin('content-manager')
      .service(service)
      .findConfiguration(type)) as Configuration;
    return (name: string) => metadatas[name]?.edit?.label;
  }

  return {
    /** Puts a component's label before that of its attribute: `SEO: Title`. */
    async fieldsOf({ contentType, leaves, slug, body }: Shape): Promise<FieldSummary[]> {
      const labelOf = await labelsOf('content-types', contentType);
      const { attributes } = strapi.contentType(contentType as never) as {
        attributes: Record<string, { component?: string } | undefined>;
      };
      const own = [slug, body].map((name) => ({ path: [name], attribute: [name] }));
      return Promise.all(
        [...own, ...leaves].map(async ({ path, attribute }): Promise<FieldSummary> => {
          const [first = '', second] = attribute;
          const outer = labelOf(first) ?? first;
          const fields = { path: path.join('.'), attribute: attribute.join('.') };
          if (second === undefined) return { ...fields, label: outer };
          const innerOf = await labelsOf('components', attributes[first]?.component ?? '');
          return { ...fields, label: `${outer}: ${innerOf(second) ?? second}` };
        })
      );
    },
  };
}

export const getLabels = serviceOf('labels', createLabels);
