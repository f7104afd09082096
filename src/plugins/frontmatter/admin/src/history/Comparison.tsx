import { Typography } from '@strapi/design-system';
import { Difference } from '../panel/Difference';
import { useTexts } from '../use-texts';
import { usePublicationText } from './use-history';

/** The lines in which two publications differ. */
export function Comparison({
  cursors: [older, newer],
  documentId,
  model,
}: {
  cursors: readonly [older: string, newer: string];
  documentId: string;
  model: string;
}) {
  const say = useTexts();
  const before = usePublicationText(model, documentId, older);
  const after = usePublicationText(model, documentId, newer);
  const failure = [before, after].find((found) => typeof found === 'string');
  if (failure !== undefined) return <Typography textColor="danger600">{failure}</Typography>;
  if (typeof before !== 'object' || typeof after !== 'object') return null;
  return before.text === after.text ? (
    <Typography>{say('history.same')}</Typography>
  ) : (
    <Difference label={say('history.difference')} before={before.text} after={after.text} />
  );
}
