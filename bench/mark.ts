/** What the line with a group's rows begins with; peers print lines of their own. */
export const MARK = "@rows ";
