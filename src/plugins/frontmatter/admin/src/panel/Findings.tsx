import { Flex, Link, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { NavLink } from 'react-router-dom';
import type { Preview, PreviewLink } from '../../../shared';
import { keyOf } from '../plugin-id';

/** What readers or search engines would stumble over, and the documents at both ends of a link. */
export function Findings({ preview, model }: { preview: Preview; model: string }) {
  const { formatMessage } = useIntl();
  const { findings, links, linkedBy } = preview;
  const owners = linkedBy.map((owner): PreviewLink => ({ ...owner, state: 'published' }));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {errors > 0 && (
        <Typography tag="p" variant="pi" textColor="danger600">
          {formatMessage({ id: keyOf('refused') }, { count: errors })}
        </Typography>
      )}
      <Typography tag="h3" variant="sigma" textColor="neutral600">
        {formatMessage({ id: keyOf('findings') }, { count: findings.length })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {findings.map(({ code, column, line, message, path, severity }) => (
          <li key={`${code} ${line}:${column} ${message}`}>
            <Typography variant="pi" textColor={severity === 'error' ? 'danger600' : 'neutral800'}>
              <strong>{path}</strong> {message}
            </Typography>
          </li>
        ))}
      </Flex>
      <LinkList title={formatMessage({ id: keyOf('links') })} links={links} model={model} />
      <LinkList title={formatMessage({ id: keyOf('linked-by') })} links={owners} model={model} />
    </Flex>
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
    <>
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
    </>
  );
}

function LinkLine({ link, model }: { link: PreviewLink; model: string }) {
  const { formatMessage } = useIntl();
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
      {state !== 'published' && ` (${formatMessage({ id: keyOf(`link.${state}`) })})`}
    </Typography>
  );
}
