import { Loader } from '@strapi/icons';
import { keyframes, styled } from 'styled-components';

const turn = keyframes`
  to {
    transform: rotate(360deg);
  }
`;

/** In a button whose action is under way. */
export const Turning = styled(Loader)`
  animation: ${turn} 2s infinite linear;
`;
