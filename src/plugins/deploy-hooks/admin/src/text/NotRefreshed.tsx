import { Typography } from '@strapi/design-system';
import { useTexts } from './use-texts';

/** A warning that the page may be out of date. */
export function NotRefreshed({ reason }: { reason: string }) {
  const say = useTexts();
  return (
    <Typography tag="p" role="alert" textColor="danger700" paddingBottom={4}>
      {say('not-refreshed', { reason })}
    </Typography>
  );
}
