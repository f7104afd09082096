import { useEffect } from 'react';
import type { Answer, DocumentProgress } from '../../../shared';
import { usePolled } from '../data/use-polled';
import { NotRefreshed } from '../text/NotRefreshed';
import type { Publication } from './use-publication';

/** Polls the progress of a publication while mounted; shows only failures. */
export function FollowProgress({
  publication,
  onAnswer,
}: {
  publication: Publication;
  onAnswer: (publication: Publication) => void;
}) {
  const { answer, failure, isCurrent } = usePolled<Answer<DocumentProgress[]>>(publication.path);
  useEffect(() => {
    if (answer && isCurrent) onAnswer({ ...publication, progress: answer.data });
  }, [answer, isCurrent, onAnswer, publication]);
  return failure === undefined ? null : <NotRefreshed reason={failure} />;
}
