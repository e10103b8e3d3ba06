namespace Dwapi.ActorRuntime.Tests.Reminders;

/// <summary>Reminders that end with the process.</summary>
public sealed class ReminderTests(ReminderCluster cluster) : ReminderContract(cluster), IClassFixture<ReminderCluster>;
