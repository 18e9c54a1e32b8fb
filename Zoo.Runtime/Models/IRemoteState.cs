namespace Zoo.Runtime;

/// <summary>
/// State that is computed with elsewhere: the host has a copy of it, section by section, and either the copy or the original is the newer.
/// Hyperparameters
/// and counters are always the host's.
/// </summary>
internal interface IRemoteState
{
    /// <summary>Makes the host's copy of a section current.</summary>
    /// <param name="section">Float offset of the section in the state arena.</param>
    void Fetch(int section);

    /// <summary>The host's copy of a section is the newer from here on.</summary>
    /// <param name="section">Float offset of the section in the state arena.</param>
    void Supersede(int section);

    /// <summary>Makes the host's copy of the last step's draws current.</summary>
    void FetchDraws();
}
