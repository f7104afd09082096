/** What a role in the panel can be permitted to do. */
export const ACTIONS = {
  read: 'Read',
  update: 'Create, edit and delete',
  trigger: 'Send and pause',
};
export type Action = keyof typeof ACTIONS;
