import { Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Preview, PreviewLink, ShapeSummary } from '../../../shared';
import { useTexts } from '../use-texts';

/** The documents that this one links, and those that link it. */
export function LinkLists({ preview, shape }: { preview: Preview; shape: ShapeSummary }) {
  const say = useTexts();
  const { links, linkedBy } = preview;
  const owners = linkedBy.map((owner): PreviewLink => ({ ...owner, state: 'published' }));
  const model = shape.contentType;
  return (
    <>
      <LinkList title={say('links')} links={links} model={model} />
      <LinkList title={say('linked-by')} links={owners} model={model} />
    </>
  );
}

function LinkList({
  title,
  links,
  model,
}: {
  title: string;
  links: readonly PreviewLink[];
  model: string;
}) {
  if (links.length === 0) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography tag="h3" variant="sigma" textColor="neutral600">
        {title}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
        {links.map((link) => (
          <li key={link.slug}>
            <LinkLine link={link} model={model} />
          </li>
        ))}
      </Flex>
    </Flex>
  );
}

function LinkLine({ link, model }: { link: PreviewLink; model: string }) {
  const say = useTexts();
  const { documentId, slug, state } = link;
  return (
    <Typography variant="pi" textColor="neutral800">
      {documentId ? (
        <Link tag={NavLink} to={`/content-manager/collection-types/${model}/${documentId}`}>
          {slug}
        </Link>
      ) : (
        slug
      )}
      {state !== 'published' && ` (${say(`link.${state}`)})`}
    </Typography>
  );
}
