/** How loud a result is. */
export type SarifLevel = "note" | "warning" | "error";

export interface SarifMessage {
  readonly text: string;
}

/** A kind of finding: a row of `rules`. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifMessage;
  readonly fullDescription: SarifMessage;
  readonly help: SarifMessage & { readonly markdown: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

/** Where a finding is: in which file, and at which place in it. */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly index: number };
    readonly region: Readonly<Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>>;
  };
  readonly logicalLocations?: readonly {
    readonly fullyQualifiedName: string;
    readonly kind: string;
  }[];
}

/** A finding. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
}

/** One run of the program over some files. */
export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string;
      readonly version: string;
      readonly semanticVersion: string;
      readonly rules: readonly SarifRule[];
    };
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly exitCode: number;
    readonly exitCodeDescription: string;
    readonly toolExecutionNotifications: readonly {
      readonly level: SarifLevel;
      readonly message: SarifMessage;
    }[];
  }[];
  readonly artifacts: readonly {
    readonly location: { readonly uri: string; readonly description?: SarifMessage };
  }[];
  readonly results: readonly SarifResult[];
  readonly columnKind: "utf16CodeUnits";
}

/** Findings as code hosts read them: the parts of SARIF 2.1.0 that `toSarif` writes. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [SarifRun];
}
