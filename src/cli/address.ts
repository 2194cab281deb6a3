/** A text whose addresses are without what may be secret: user, password, query and fragment. */
export function withoutSecrets(text: string): string {
  return text.replace(/(https?:\/\/)(\S*)/gi, (_, scheme: string, rest: string) => {
    const [shown = "", ...secrets] = rest.replace(/^[^/?#]*@/, "").split(/[?#]/);
    const closing = secrets.length > 0 ? (/["'`.,:;)>]+$/.exec(rest)?.[0] ?? "") : "";
    return scheme + shown + closing;
  });
}
