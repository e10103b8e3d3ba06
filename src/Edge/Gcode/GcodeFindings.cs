using System.Collections.Immutable;

namespace Dwapi.Edge.Gcode;

/// <summary>What was found in a file of G-code.</summary>
/// <param name="Fault">What is wrong with it; null if nothing is.</param>
/// <param name="Detail">Where and why, for people; "" without a fault.</param>
/// <param name="Lines">Lines that were read.</param>
/// <param name="Moves">Moves among them.</param>
/// <param name="Unseen">Commands whose effect cannot be seen from outside, such as macros of the printer; not more than <see cref="GcodeUnseen.Most"/>.</param>
internal sealed record GcodeFindings(GcodeFault? Fault, string Detail, long Lines, long Moves, ImmutableArray<string> Unseen);
