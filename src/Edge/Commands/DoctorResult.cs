using Dwapi.Edge.Diagnosis;

namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb doctor.</summary>
/// <param name="Ok">True if nothing is wrong.</param>
/// <param name="Findings">What was looked at.</param>
internal sealed record DoctorResult(bool Ok, IReadOnlyList<Finding> Findings);
