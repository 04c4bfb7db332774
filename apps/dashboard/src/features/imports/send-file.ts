/** Sends a file as a request's body, with progress. XMLHttpRequest, because fetch reports no upload progress. */

export type UploadAnswer =
  | { ok: true; importId: string }
  | { ok: false; code: string; message: string };

export interface Upload {
  done: Promise<UploadAnswer>;
  cancel: () => void;
}

/** `onSent` is told the bytes that have left. A cancelled upload ends as UPLOAD_CANCELLED. */
export function sendFile(url: string, file: File, onSent: (bytes: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadAnswer>((resolve) => {
    const fail = (code: string) => () => resolve({ ok: false, code, message: '' });
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => resolve(readAnswer(request));
    request.onerror = fail('UPLOAD_BROKEN');
    request.onabort = fail('UPLOAD_CANCELLED');
    request.open('POST', `${url}?filename=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

function readAnswer(request: XMLHttpRequest): UploadAnswer {
  const body = parseJson(request.responseText);
  if (request.status === 201 && typeof body.importId === 'string') {
    return { ok: true, importId: body.importId };
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { ok: false, code: text(body.code) || 'UPLOAD_BROKEN', message: text(body.message) };
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
