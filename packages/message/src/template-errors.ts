/** The parts of a template, and what can be wrong with them. */

export type PartName = 'subject' | 'html' | 'text';

export interface TemplateSource {
  readonly subject: string;
  /** Empty: the message has a text part only. */
  readonly html: string;
  /** Empty: derived from the HTML. */
  readonly text: string;
}

/** Stable codes, for the message catalogue; `message` is English and for the log and for developers. */
export type TemplateErrorCode =
  | 'empty-subject'
  | 'empty-body'
  | 'too-large'
  | 'too-many-tags'
  | 'tag-not-allowed'
  | 'filter-not-allowed'
  | 'range-too-large'
  | 'loops-too-deep'
  | 'limit-exceeded'
  | 'syntax';

export interface TemplateError {
  readonly part: PartName;
  /** Counted from 1, in the part's source. */
  readonly line: number;
  readonly code: TemplateErrorCode;
  readonly message: string;
}

/** Thrown by rendering when a limit is met. `part` says where. */
export class TemplateRenderError extends Error {
  readonly code = 'template-render-failed';
  readonly part: PartName;
  constructor(part: PartName, cause: unknown) {
    super(`the ${part} could not be rendered: ${cause instanceof Error ? cause.message : cause}`);
    this.name = 'TemplateRenderError';
    this.part = part;
  }
}
