using Dwapi.ActorRuntime.Tests.Reminders;
using Dwapi.Tests.PostgreSql;

namespace Dwapi.ActorRuntime.Tests.PostgreSql;

/// <summary>Reminders of Orleans in the product's own tables.</summary>
public sealed class PostgreSqlReminderTests : ReminderContract, IClassFixture<PostgreSqlReminderTests.Cluster>
{
    public PostgreSqlReminderTests(Cluster cluster)
        : base(cluster) => Assert.SkipUnless(PrivatePostgreSql.Installed, PrivatePostgreSql.Missing);

    public sealed class Cluster : ReminderCluster
    {
        public override async ValueTask InitializeAsync()
        {
            if (PrivatePostgreSql.Installed)
            {
                var database = await ActorDatabase.Create();
                await Start(silo => ActorDatabase.Configure(silo, database));
            }
        }
    }
}
