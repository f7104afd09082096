import { Typography } from '@strapi/design-system';
import { useTexts } from './use-texts';

/** What is shown may be old. */
export function NotRefreshed({ reason }: { reason: string }) {
  const say = useTexts();
  return (
    <Typography tag="p" role="alert" textColor="danger700" paddingBottom={4}>
      {say('not-refreshed', { reason })}
    </Typography>
  );
}
