import { useIntl } from 'react-intl';
import type { Author } from '../../../shared';
import { keyOf } from '../plugin-id';

/** `by Ada Editor` */
export function AuthorText({ author: { kind, name } }: { author: Author }) {
  const { formatMessage } = useIntl();
  return (
    <>
      {formatMessage(
        { id: keyOf(`author.${kind}`) },
        { name: name ?? formatMessage({ id: keyOf('author.unknown') }) }
      )}
    </>
  );
}
