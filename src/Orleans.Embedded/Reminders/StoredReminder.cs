using Orleans.Runtime;

namespace Dwapi.Actors;

/// <summary>A reminder as it is kept.</summary>
/// <param name="Grain">The grain to remind; <see cref="GrainId.ToString"/> and <see cref="GrainId.Parse(string)"/> are its text form.</param>
/// <param name="Name">The name of the reminder, unique within the grain.</param>
/// <param name="FirstTick">When the first tick is due.</param>
/// <param name="Period">The time between ticks.</param>
public sealed record StoredReminder(GrainId Grain, string Name, DateTimeOffset FirstTick, TimeSpan Period);
